// Of Apple's libdispatch, which GNUstep's headers do not bring.
typedef long dispatch_once_t;
void dispatch_once(dispatch_once_t *once, void (^block)(void));
