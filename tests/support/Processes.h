// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace kith::test {

/// A port of 127.0.0.1 that nobody listens on, and that no other test of this machine is given as long as this program
/// runs: two tests that ask at the same time would otherwise start their servers on one. 0: there is none.
int freePort();

/// Stops a child of this program, and returns when all its threads stand: some may answer on until the signal has
/// reached them.
void suspendProcess(qint64 id);
void resumeProcess(qint64 id);

} // namespace kith::test
