// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kith::d {

/// What kithd asks of the system before anything else: no core dumps, as they would hold keys; as many open files as
/// it may have; files for our eyes only; and the signals below kept for waitForSignal(). Before the first thread.
void prepareProcess();

enum class Signal { End, Reload };

/// Blocks until SIGTERM, SIGINT (End) or SIGHUP (Reload) comes.
Signal waitForSignal();

} // namespace kith::d
