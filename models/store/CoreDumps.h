// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kith {

/// From now on nothing that is in this process's memory gets into a core dump, and other programs of the same person
/// can't look into it. For programs that hold tokens and keys; to be called at the beginning of main().
void forbidCoreDumps();

} // namespace kith
