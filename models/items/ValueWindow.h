// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Async.h"

#include <QCache>
#include <QFuture>
#include <QSet>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace kith::items {

/// The values of a bounded number of rows, by row id; those not used for longest go first. What is missing is fetched
/// in batches: asked for while a view paints, sent when control is back in the event loop. When one scrolls faster than
/// batches come, those that wait longest are dropped: their rows aren't in sight any more, or are asked for again.
template <class Value>
class ValueWindow
{
public:
    static constexpr std::size_t Capacity = 4096;
    static constexpr std::size_t BatchSize = 128;
    static constexpr std::size_t MostWaiting = 4;
    static constexpr int MostUnderWay = 2;

    using Ids = std::vector<qint64>;
    using Fetch = std::function<QFuture<Result<std::vector<Value>>>(const Ids &)>;
    using IdOf = std::function<qint64(const Value &)>;
    using Arrived = std::function<void(const Ids &)>; ///< Rows whose value came or is another than before.

    enum class Freshness { Fresh, Stale };
    using Failed = std::function<void(const Error &)>;

    ValueWindow(QObject *context, Fetch fetch, IdOf idOf, Arrived arrived, Failed failed)
        : m_context(context)
        , m_fetch(std::move(fetch))
        , m_idOf(std::move(idOf))
        , m_arrived(std::move(arrived))
        , m_failed(std::move(failed))
    {}

    /// Null: not here. It may be stale: shown until the newer one is here.
    const Value *find(qint64 id) const
    {
        const Entry *entry = m_entries.object(id);
        return entry && entry->value ? &*entry->value : nullptr;
    }
    /// Whether want() should be called for it.
    bool isWanted(qint64 id) const
    {
        const Entry *entry = m_entries.object(id);
        return (!entry || entry->stale) && !m_pending.contains(id);
    }
    /// Fetches those of the ids that are missing or stale.
    void want(const Ids &ids)
    {
        Ids batch;
        for (const qint64 id : ids) {
            if (!isWanted(id))
                continue;
            batch.push_back(id);
            m_pending.insert(id);
            if (batch.size() == BatchSize)
                m_waiting.push_back(std::exchange(batch, {}));
        }
        if (!batch.empty())
            m_waiting.push_back(std::move(batch));
        while (m_waiting.size() > MostWaiting)
            drop();
        schedule();
    }
    /// Values that came without being fetched.
    void keep(std::vector<Value> values, Freshness freshness)
    {
        for (Value &value : values) {
            const qint64 id = m_idOf(value);
            m_entries.insert(id, new Entry{std::move(value), freshness == Freshness::Stale});
        }
    }
    /// These changed: fetches those that are here (or being fetched) anew, and shows the old value until then. False:
    /// they are too many; each is fetched when somebody asks for it, so say that all rows changed.
    bool refetch(const Ids &ids)
    {
        Ids known;
        for (const qint64 id : ids) {
            if (m_pending.contains(id))
                m_changedMeanwhile.insert(id);
            else if (Entry *entry = m_entries.object(id); entry && std::exchange(entry->stale, true) == false)
                known.push_back(id);
        }
        if (m_waiting.size() + known.size() / BatchSize >= MostWaiting)
            return false;
        want(known);
        return true;
    }
    /// All may have changed: each is fetched anew when somebody asks for it.
    void staleAll()
    {
        const QList<qint64> ids = m_entries.keys();
        for (const qint64 id : ids)
            m_entries.object(id)->stale = true;
        m_changedMeanwhile.unite(m_pending);
    }
    /// Forgets everything, and drops the answers under way.
    void clear()
    {
        ++m_generation;
        m_entries.clear();
        m_pending.clear();
        m_changedMeanwhile.clear();
        m_waiting.clear();
        m_underWay = 0;
    }

private:
    struct Entry {
        std::optional<Value> value; // none: there is no such row any more
        bool stale = false;
    };

    void drop()
    {
        for (const qint64 id : m_waiting.front())
            forget(id);
        m_waiting.pop_front();
    }
    bool forget(qint64 id)
    {
        m_pending.remove(id);
        return m_changedMeanwhile.remove(id);
    }
    void schedule()
    {
        if (m_waiting.empty() || std::exchange(m_scheduled, true))
            return;
        QMetaObject::invokeMethod(
            m_context,
            [this] {
                m_scheduled = false;
                send();
            },
            Qt::QueuedConnection);
    }
    void send()
    {
        while (m_underWay < MostUnderWay && !m_waiting.empty()) {
            Ids ids = std::move(m_waiting.back()); // the newest: what is in sight now
            m_waiting.pop_back();
            ++m_underWay;
            connection::whenReady(m_fetch(ids), m_context,
                                  [this, ids, generation = m_generation](Result<std::vector<Value>> values) {
                                      if (generation == m_generation)
                                          take(ids, std::move(values));
                                  });
        }
    }
    void take(const Ids &ids, Result<std::vector<Value>> values)
    {
        --m_underWay;
        QSet<qint64> again;
        for (const qint64 id : ids) {
            if (forget(id))
                again.insert(id);
        }
        if (values)
            store(ids, std::move(*values), again);
        else if (values.error().code != ErrorCode::Cancelled)
            m_failed(values.error());
        if (!again.isEmpty())
            want(Ids(again.begin(), again.end()));
        send();
    }
    void store(const Ids &ids, std::vector<Value> values, const QSet<qint64> &again)
    {
        Ids changed;
        QSet<qint64> gone(ids.begin(), ids.end());
        for (Value &value : values) {
            const qint64 id = m_idOf(value);
            gone.remove(id);
            const Value *known = find(id);
            if (!known || !(*known == value))
                changed.push_back(id);
            m_entries.insert(id, new Entry{std::move(value), again.contains(id)});
        }
        for (const qint64 id : gone)
            m_entries.insert(id, new Entry{std::nullopt, again.contains(id)});
        if (!changed.empty())
            m_arrived(changed);
    }

    QObject *m_context;
    Fetch m_fetch;
    IdOf m_idOf;
    Arrived m_arrived;
    Failed m_failed;
    QCache<qint64, Entry> m_entries{static_cast<qsizetype>(Capacity)};
    QSet<qint64> m_pending;          // waiting or under way
    QSet<qint64> m_changedMeanwhile; // of the pending: the answer may be older than the change
    std::deque<Ids> m_waiting;
    int m_underWay = 0;
    quint64 m_generation = 0;
    bool m_scheduled = false;
};

} // namespace kith::items
