#import "ISO8601.h"
