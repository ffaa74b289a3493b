// SPDX-License-Identifier: Apache-2.0
#include "store/CoreDumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace kith {

void forbidCoreDumps()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    // A limit of nothing doesn't bind a handler that the kernel pipes dumps to; this does.
    prctl(PR_SET_DUMPABLE, 0);
}

} // namespace kith
