#import <Foundation/Foundation.h>

@interface JSONValueTransformer : NSObject
@end
