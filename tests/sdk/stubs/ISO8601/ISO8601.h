// What the clients use of ISO8601 0.6.
#import <Foundation/Foundation.h>

@interface NSDate (ISO8601)
+ (NSDate *)dateWithISO8601String:(NSString *)string;
- (NSString *)ISO8601StringWithTimeZone:(NSTimeZone *)zone usingCalendar:(NSCalendar *)calendar;
- (NSString *)ISO8601String;
@end
