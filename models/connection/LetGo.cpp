// SPDX-License-Identifier: Apache-2.0
#include "connection/LetGo.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace kith::connection {

void freeInSmallSteps()
{
#ifdef __GLIBC__
    mallopt(M_MXFAST, 0);
#endif
}

} // namespace kith::connection
