// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Mirror.h"
#include "connection/MirrorStore.h"
#include "connection/RemoteClient.h"

#include <QFutureWatcher>
#include <QThreadPool>
#include <QTimer>

#include <deque>
#include <map>
#include <unordered_set>

namespace kith::connection {

/// What a Mirror does, in its thread: asks for the lists, then for each object, and gives what comes to the store in
/// batches.
class MirrorReader : public QObject
{
    Q_OBJECT
public:
    MirrorReader(RemoteClient &client, MirrorStore &store);
    ~MirrorReader() override;

    void refresh();
    void stop();
    void setInterval(int seconds);
    void want(const QStringList &entityUuids, const QStringList &groupUuids);

Q_SIGNALS:
    void stateChanged(const kith::connection::MirrorState &state);
    void firstPage();
    void refused();

private:
    enum class Kind { Mounts, OpenMounts, AllPolicies, Policies, Groups, Entities, Group, Policy, Entity };
    struct Job {
        Kind kind = Kind::Entity;
        std::string key;
        friend bool operator==(const Job &, const Job &) = default;
    };
    using Answer = Result<core::Response>;

    void begin(); ///< A round.
    void readGently();
    int paceMs() const;
    static core::Request requestFor(const Job &job);
    static std::string pathOf(const Job &job);
    void pump();
    void send(const Job &job);
    void arrived(quint64 number, const Answer &answer);
    void answered(const Job &job, Stamp asked, const Answer &answer);
    void failed(const Job &job, const Error &error);
    void forbidden(const Job &job);
    void take(const Job &job, Stamp asked, const core::Response &response);
    void takeList(const Job &job, Stamp asked, const boost::json::object &data);
    void takeGone(const Job &job, Stamp asked);
    using Listed = std::vector<std::pair<Kind, std::vector<std::string>>>;
    void takeListed(const Listed &listed);
    void takePolicies(const boost::json::object &list);
    void enqueue(Kind kind, std::vector<std::string> keys);
    void flush();
    void written(const Result<void> &result, bool lists);
    void listDone(Kind kind);
    void roundDone();
    void setPhase(MirrorState::Phase phase);
    void tellSoon();

    RemoteClient &m_client;
    MirrorStore &m_store;
    MirrorState m_state;
    QThreadPool m_writer; ///< One thread: batches in their order.
    std::deque<Job> m_queue;
    struct Flight {
        Job job;
        Stamp asked = 0;
    };
    std::map<quint64, Flight> m_flying;
    std::shared_ptr<AnswerBox> m_answers = std::make_shared<AnswerBox>();
    std::shared_ptr<core::Progress> m_asking = std::make_shared<core::Progress>(); ///< Cancels what flies.
    quint64 m_flights = 0;
    int m_generation = 0; ///< What was listed before a stop() doesn't count.
    std::map<Kind, int> m_refusals;
    std::unordered_set<int> m_listsLeft;
    MirrorBatch m_batch;
    /// Keys of lists that are on their way into the store, which then knows those that have changed.
    Listed m_listed;
    std::size_t m_urgent = 0; ///< So many at the front of the queue don't wait.
    int m_writing = 0;
    bool m_reading = false; ///< A round is under way.
    bool m_gentle = false;  ///< It has time: one request after the other, spread over the interval.
    bool m_detailed = true; ///< The server gives all policies in one answer, as far as is known.
    bool m_first = true;    ///< The first page isn't there yet.
    bool m_resumed = false; ///< This round goes on with what one before left.
    int m_pauseSeconds = 0;
    int m_interval = Mirror::DefaultIntervalSeconds;
    QDateTime m_begun;
    QTimer m_flushTimer;
    QTimer m_tellTimer;
    QTimer m_nextRound;
    QTimer m_paceTimer;
};

} // namespace kith::connection
