// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Clock.h"
#include "store/Error.h"
#include "store/Result.h"

#include <QByteArray>

#include <atomic>

namespace kith::test {

/// A clock that stands still until it is told otherwise. Thread-safe.
class ManualClock final : public Clock
{
public:
    Nanoseconds now() const override { return m_now; }
    void advance(Nanoseconds by) { m_now += by; }

private:
    std::atomic<Nanoseconds> m_now{1'795'334'400'000'000'000}; // 2026-11-22T08:00:00Z
};

/// For QVERIFY2(result, why(result)): the error in words.
QByteArray why(const Error &error);

template <class T>
QByteArray why(const Result<T> &result)
{
    return result ? QByteArray() : why(result.error());
}

} // namespace kith::test
