// What the clients use of JSONModel 1.
#import <Foundation/Foundation.h>

@interface JSONKeyMapper : NSObject
- (instancetype)initWithModelToJSONDictionary:(NSDictionary *)toJSON;
@end

@interface JSONModel : NSObject
- (instancetype)initWithDictionary:(NSDictionary *)dictionary error:(NSError **)error;
- (NSDictionary *)toDictionary;
+ (JSONKeyMapper *)keyMapper;
@end
#import "JSONValueTransformer.h"
