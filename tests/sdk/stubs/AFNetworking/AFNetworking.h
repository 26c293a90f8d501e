// What the clients use of AFNetworking 3, with its names and types, so that they can be checked
// where it is not.
#import <Foundation/Foundation.h>

@protocol AFURLRequestSerialization <NSObject>
@end
@protocol AFMultipartFormData
- (void)appendPartWithFormData:(NSData *)data name:(NSString *)name;
- (BOOL)appendPartWithFileURL:(NSURL *)fileURL name:(NSString *)name error:(NSError **)error;
@end

@class NSURLSessionConfiguration;
@interface NSURLSessionTask : NSObject
- (void)resume;
@end
@interface NSURLSessionDataTask : NSURLSessionTask
@end

@interface AFHTTPRequestSerializer : NSObject <AFURLRequestSerialization>
@property (nonatomic, assign) NSStringEncoding stringEncoding;
@property (nonatomic, assign) NSTimeInterval timeoutInterval;
@property (nonatomic, assign) NSURLRequestCachePolicy cachePolicy;
+ (instancetype)serializer;
- (void)setValue:(NSString *)value forHTTPHeaderField:(NSString *)field;
- (NSMutableURLRequest *)requestWithMethod:(NSString *)method
                                 URLString:(NSString *)url
                                parameters:(id)parameters
                                     error:(NSError **)error;
- (NSURLRequest *)requestBySerializingRequest:(NSURLRequest *)request
                               withParameters:(id)parameters
                                        error:(NSError **)error;
- (NSMutableURLRequest *)multipartFormRequestWithMethod:(NSString *)method
                                              URLString:(NSString *)url
                                             parameters:(NSDictionary *)parameters
                              constructingBodyWithBlock:(void (^)(id<AFMultipartFormData> data))block
                                                  error:(NSError **)error;
@end
@interface AFJSONRequestSerializer : AFHTTPRequestSerializer
@end

@interface AFHTTPResponseSerializer : NSObject
+ (instancetype)serializer;
@end

typedef NS_ENUM(NSInteger, AFNetworkReachabilityStatus) { AFNetworkReachabilityStatusUnknown = -1 };

typedef NS_ENUM(NSUInteger, AFSSLPinningMode) { AFSSLPinningModeNone };
@interface AFSecurityPolicy : NSObject
@property (nonatomic, assign) BOOL allowInvalidCertificates;
@property (nonatomic, assign) BOOL validatesDomainName;
@property (nonatomic, strong) NSSet *pinnedCertificates;
+ (instancetype)policyWithPinningMode:(AFSSLPinningMode)mode;
@end

@interface AFHTTPSessionManager : NSObject
@property (nonatomic, strong, readonly) NSURL *baseURL;
@property (nonatomic, strong) AFHTTPResponseSerializer *responseSerializer;
@property (nonatomic, strong) AFSecurityPolicy *securityPolicy;
- (instancetype)initWithBaseURL:(NSURL *)url;
- (instancetype)initWithBaseURL:(NSURL *)url sessionConfiguration:(NSURLSessionConfiguration *)configuration;
- (NSURLSessionDataTask *)dataTaskWithRequest:(NSURLRequest *)request
                               uploadProgress:(void (^)(NSProgress *progress))uploadProgress
                             downloadProgress:(void (^)(NSProgress *progress))downloadProgress
                            completionHandler:(void (^)(NSURLResponse *, id, NSError *))handler;
@end
