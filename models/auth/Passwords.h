// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Result.h"

#include <condition_variable>
#include <mutex>
#include <string>

namespace kith::auth {

/// bcrypt, which is slow on purpose: as many at once as the machine has cores, the others wait. Thread-safe; must not
/// be used inside a transaction.
class Passwords
{
public:
    /// Of a new hash: 2^10 rounds, as the real server's.
    static constexpr int Cost = 10;
    static constexpr int LeastCost = 5;

    Passwords();

    /// Fails with status 500: a password of more than 72 bytes, of which bcrypt would take no notice; one with a zero
    /// byte, where the library would stop.
    Result<std::string> hash(const std::string &password);

    /// Whether `hash` is of this password, in a time that depends on the hash's cost only. Of a password of more than
    /// 72 bytes the first 72 count.
    bool matches(const std::string &password, const std::string &hash);

    /// Takes as long as matches(): for who has no password to compare with, so that nobody learns who exists.
    void pretend(const std::string &password);

    /// The cost that a bcrypt hash states; 0: it isn't one.
    static int costOf(const std::string &hash);

private:
    class Turn;

    std::mutex m_mutex;
    std::condition_variable m_free;
    unsigned m_turns; // guarded by m_mutex
};

} // namespace kith::auth
