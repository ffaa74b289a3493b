// SPDX-License-Identifier: Apache-2.0
#include "connection/MirrorReader.h"

#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/SignIn.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace kith::connection {

namespace json = boost::json;
using Phase = MirrorState::Phase;

namespace {

/// The server works on six of them at once, each on a connection of its own; up to three wait in each for their turn,
/// the others in the client: nobody waits for this thread.
constexpr std::size_t MostFlying = 36;
constexpr std::size_t BatchSize = 250;
constexpr int FlushMs = 200;
constexpr int TellMs = 100;
constexpr int FirstPauseSeconds = 2; ///< After a failure; then twice as long each time, up to
constexpr int LongestPauseSeconds = 60;
constexpr int ShortestPaceMs = 20; ///< Between two requests of a round that has time.
constexpr int LongestPaceMs = 250;
constexpr int EnoughRefusals = 16; ///< One after the other: then the rest of that kind isn't asked for.

/// What many short-lived values of several threads leave is scattered over the heaps of all of them, and from round to
/// round more would be held than is ever in use at once. Takes some tens of milliseconds at 100,000 objects.
void giveMemoryBack()
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

const json::object &dataOf(const core::Response &response)
{
    static const json::object none;
    const json::object *data = response.data ? response.data->if_object() : nullptr;
    return data ? *data : none;
}

} // namespace

MirrorReader::MirrorReader(RemoteClient &client, MirrorStore &store)
    : m_client(client), m_store(store), m_flushTimer(this), m_tellTimer(this), m_nextRound(this), m_paceTimer(this)
{
    m_writer.setMaxThreadCount(1);
    for (QTimer *timer : {&m_flushTimer, &m_tellTimer, &m_nextRound, &m_paceTimer})
        timer->setSingleShot(true);
    connect(m_answers.get(), &AnswerBox::answered, this,
            [this](quint64 number, const std::shared_ptr<Answer> &answer) { arrived(number, *answer); });
    connect(&m_flushTimer, &QTimer::timeout, this, &MirrorReader::flush);
    connect(&m_tellTimer, &QTimer::timeout, this, [this] { Q_EMIT stateChanged(m_state); });
    connect(&m_nextRound, &QTimer::timeout, this, [this] {
        if (m_state.phase == Phase::Current)
            readGently();
        else
            refresh();
    });
    connect(&m_paceTimer, &QTimer::timeout, this, &MirrorReader::pump);
}

MirrorReader::~MirrorReader()
{
    m_asking->cancelled = true;
    m_writer.clear();
    m_writer.waitForDone();
}

void MirrorReader::setPhase(Phase phase)
{
    m_state.phase = phase;
    m_tellTimer.stop();
    Q_EMIT stateChanged(m_state);
}

void MirrorReader::tellSoon()
{
    if (!m_tellTimer.isActive())
        m_tellTimer.start(TellMs);
}

void MirrorReader::refresh()
{
    m_nextRound.stop();
    m_gentle = false;
    const Phase phase = m_first ? Phase::Listing : Phase::Reading;
    if (m_listsLeft.empty()) // else a round has just begun
        begin();
    setPhase(phase);
}

/// Nobody waits for it: what the lists show to have changed is read at once, the rest little by little, and until then
/// all is as it was at `readAt`.
void MirrorReader::readGently()
{
    m_gentle = true;
    begin();
}

int MirrorReader::paceMs() const
{
    const qint64 share = qint64(m_interval) * 500 / std::max<qint64>(1, m_state.total);
    return static_cast<int>(std::clamp<qint64>(share, ShortestPaceMs, LongestPaceMs));
}

void MirrorReader::begin()
{
    m_reading = true;
    m_urgent = 0;
    m_paceTimer.stop();
    m_resumed = m_begun.isValid() && (m_state.phase == Phase::Stopped || m_state.phase == Phase::Failed);
    if (!m_resumed)
        m_queue.clear();
    m_refusals.clear();
    m_state.forbidden.clear();
    m_state.problem.reset();
    m_state.done = 0;
    m_state.total = 0;
    if (!m_resumed)
        m_begun = QDateTime::currentDateTimeUtc();
    // The mounts first: aliases are shown with theirs.
    const Kind policies = m_detailed ? Kind::AllPolicies : Kind::Policies;
    for (const Kind kind : {Kind::Mounts, Kind::Entities, Kind::Groups, policies}) {
        m_listsLeft.insert(static_cast<int>(kind));
        send({kind, {}});
    }
}

void MirrorReader::stop()
{
    ++m_generation;
    m_nextRound.stop();
    m_paceTimer.stop();
    m_reading = false;
    m_gentle = false;
    m_urgent = 0;
    m_listed.clear();
    for (const auto &[number, flight] : m_flying)
        if (flight.job.kind >= Kind::Group)
            m_queue.push_front(flight.job);
    m_flying.clear();
    m_asking->cancelled = true;
    m_asking = std::make_shared<core::Progress>();
    m_listsLeft.clear();
    flush();
    setPhase(Phase::Stopped);
}

void MirrorReader::setInterval(int seconds)
{
    m_interval = seconds;
    if (m_state.phase != Phase::Current || m_reading)
        return;
    if (seconds > 0)
        m_nextRound.start(seconds * 1000);
    else
        m_nextRound.stop();
}

void MirrorReader::want(const QStringList &entityUuids, const QStringList &groupUuids)
{
    const auto first = [this](Kind kind, const QStringList &uuids) {
        std::for_each(uuids.rbegin(), uuids.rend(), [&](const QString &uuid) {
            Job job{kind, toStd(uuid)};
            const auto queued = std::find(m_queue.begin(), m_queue.end(), job);
            if (queued != m_queue.end())
                m_queue.erase(queued);
            else
                ++m_state.total;
            m_queue.push_front(std::move(job));
            ++m_urgent;
        });
    };
    first(Kind::Entity, entityUuids);
    first(Kind::Group, groupUuids);
    pump();
}

std::string MirrorReader::pathOf(const Job &job)
{
    switch (job.kind) {
    case Kind::Mounts:
        return "sys/auth";
    case Kind::OpenMounts:
        return "sys/internal/ui/mounts";
    case Kind::AllPolicies:
        return "sys/policies/detailed/acl";
    case Kind::Policies:
        return "sys/policies/acl";
    case Kind::Policy:
        return "sys/policies/acl/" + job.key;
    case Kind::Groups:
        return "identity/group/id";
    case Kind::Group:
        return "identity/group/id/" + job.key;
    case Kind::Entities:
        return "identity/entity/id";
    case Kind::Entity:
        break;
    }
    return "identity/entity/id/" + job.key;
}

core::Request MirrorReader::requestFor(const Job &job)
{
    const bool list = job.kind >= Kind::AllPolicies && job.kind <= Kind::Entities;
    return requestOf(list ? core::Operation::List : core::Operation::Read, pathOf(job));
}

void MirrorReader::pump()
{
    if (m_state.phase == Phase::Stopped || m_state.phase == Phase::Failed)
        return;
    m_urgent = std::min(m_urgent, m_queue.size());
    while (!m_queue.empty()) {
        const bool patient = m_gentle && m_urgent == 0;
        if (m_flying.size() >= (patient ? 1 : MostFlying) || (patient && m_paceTimer.isActive()))
            break;
        if (patient)
            m_paceTimer.start(paceMs());
        else if (m_urgent > 0)
            --m_urgent;
        const Job job = m_queue.front();
        m_queue.pop_front();
        send(job);
    }
    // What comes last is little then, and soon written.
    if (m_queue.empty() && (m_flying.empty() || (m_writing == 0 && !m_batch.empty())))
        flush();
}

void MirrorReader::send(const Job &job)
{
    const quint64 number = ++m_flights;
    m_flying[number] = {job, m_store.stamp()};
    core::Request request = requestFor(job);
    request.progress = m_asking;
    m_client.send(std::move(request), m_answers, number, job.kind >= Kind::Group ? Turn::Shared : Turn::Own);
}

void MirrorReader::arrived(quint64 number, const Answer &answer)
{
    auto flight = m_flying.extract(number);
    if (!flight) // of before a stop()
        return;
    answered(flight.mapped().job, flight.mapped().asked, answer);
    pump();
}

void MirrorReader::answered(const Job &job, Stamp asked, const Answer &answer)
{
    if (!answer)
        return failed(job, answer.error());
    if (answer->ok()) {
        m_refusals[job.kind] = 0;
        m_pauseSeconds = 0;
        return take(job, asked, *answer);
    }
    if (job.kind == Kind::AllPolicies && answer->status < 429) {
        m_detailed = false; // Vault, kithd, or a token that may only list: one by one
        m_listsLeft.insert(static_cast<int>(Kind::Policies));
        send({Kind::Policies, {}});
        return listDone(job.kind);
    }
    if (answer->status == 404)
        return takeGone(job, asked);
    if (answer->status == 403)
        return forbidden(job);
    // 472, 473: a copy for disasters, or a standby for reads, that doesn't serve this.
    if (answer->status >= 500 || answer->status == 429 || answer->status == 472 || answer->status == 473 ||
        job.kind < Kind::Group)
        return failed(job, errorOf(*answer));
    // What can't even be asked for (an odd name) is left as its list has it.
    ++m_state.done;
    listDone(job.kind);
    tellSoon();
}

/// Waits, and goes on with what is left.
void MirrorReader::failed(const Job &job, const Error &error)
{
    if (error.code == ErrorCode::Cancelled || m_state.phase == Phase::Failed)
        return;
    if (job.kind >= Kind::Group)
        m_queue.push_front(job);
    stop();
    m_state.problem = error;
    m_pauseSeconds = std::clamp(m_pauseSeconds * 2, FirstPauseSeconds, LongestPauseSeconds);
    m_nextRound.start(m_pauseSeconds * 1000);
    setPhase(Phase::Failed);
}

void MirrorReader::forbidden(const Job &job)
{
    Q_EMIT refused();
    if (job.kind == Kind::Mounts) {
        // Everybody may ask which mounts they can see.
        m_listsLeft.insert(static_cast<int>(Kind::OpenMounts));
        send({Kind::OpenMounts, {}});
    }
    // What was looked up by its name is all that is known.
    if (job.kind == Kind::Entities)
        enqueue(Kind::Entity, m_store.readEntities());
    if (job.kind == Kind::Groups)
        enqueue(Kind::Group, m_store.readGroups());
    const QString path = toQt(pathOf({job.kind, {}}));
    if (!m_state.forbidden.contains(path))
        m_state.forbidden += path;
    if (job.kind >= Kind::Group && ++m_refusals[job.kind] == EnoughRefusals) {
        const auto last =
            std::remove_if(m_queue.begin(), m_queue.end(), [&](const Job &other) { return other.kind == job.kind; });
        m_state.total -= std::distance(last, m_queue.end());
        m_queue.erase(last, m_queue.end());
    }
    if (job.kind >= Kind::Group)
        ++m_state.done;
    listDone(job.kind);
    tellSoon();
}

void MirrorReader::takeGone(const Job &job, Stamp asked)
{
    if (job.kind == Kind::Entity)
        m_batch.goneEntities.push_back({asked, job.key});
    else if (job.kind == Kind::Group)
        m_batch.goneGroups.push_back({asked, job.key});
    else if (job.kind == Kind::Policy)
        m_batch.policies.push_back({job.key, std::nullopt});
    else
        return takeList(job, asked, {}); // an empty list is a 404
    ++m_state.done;
    tellSoon();
}

void MirrorReader::take(const Job &job, Stamp asked, const core::Response &response)
{
    const json::object &data = dataOf(response);
    switch (job.kind) {
    case Kind::Entity:
        if (auto entity = entityOf(data)) {
            if (entity->uuid != job.key) // merged into another: the list has only that one
                m_batch.goneEntities.push_back({asked, job.key});
            m_batch.entities.push_back({asked, std::move(*entity)});
        }
        break;
    case Kind::Group:
        if (auto group = groupOf(data))
            m_batch.groups.push_back({asked, std::move(*group)});
        break;
    case Kind::Policy:
        if (auto policy = policyOf(data, job.key))
            m_batch.policies.push_back({job.key, std::move(policy)});
        break;
    default:
        return takeList(job, asked, data);
    }
    ++m_state.done;
    tellSoon();
    if (m_batch.size() >= BatchSize)
        flush();
    else if (!m_flushTimer.isActive())
        m_flushTimer.start(FlushMs);
}

void MirrorReader::flush()
{
    m_flushTimer.stop();
    if (m_batch.empty() && m_writing > 0)
        return; // written() looks whether the round is over
    ++m_writing;
    const bool lists = m_batch.entityList.has_value();
    const QFuture<Result<void>> writing =
        QtConcurrent::run(&m_writer, [store = &m_store, batch = std::exchange(m_batch, {})]() -> Result<void> {
            return store->write(batch);
        });
    whenReady(
        writing, this,
        [this, lists, generation = m_generation, listed = std::exchange(m_listed, {})](const Result<void> &result) {
            --m_writing;
            if (generation == m_generation)
                takeListed(listed);
            written(result, lists);
            if (!listed.empty())
                pump();
        });
}

void MirrorReader::written(const Result<void> &result, bool lists)
{
    if (!result) {
        m_state.problem = result.error();
        return setPhase(Phase::Failed);
    }
    if (lists)
        giveMemoryBack(); // they are the largest answers
    if (m_first && (lists || m_listsLeft.empty())) {
        m_first = false;
        Q_EMIT firstPage();
    }
    const bool busy = m_state.phase == Phase::Stopped || m_state.phase == Phase::Failed;
    if (!busy && m_writing == 0 && m_flying.empty() && m_queue.empty() && m_listsLeft.empty() && m_batch.empty())
        roundDone();
}

void MirrorReader::roundDone()
{
    const bool whole = std::exchange(m_reading, false); // else it was something that is looked at
    if (whole)
        m_state.readAt = m_begun;
    m_gentle = false;
    m_store.setWhole();
    m_pauseSeconds = 0;
    if (whole && m_interval > 0)
        m_nextRound.start(m_interval * 1000);
    setPhase(Phase::Current);
    if (whole)
        giveMemoryBack();
}

} // namespace kith::connection
