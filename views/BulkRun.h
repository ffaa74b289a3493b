// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Edit.h"

#include <deque>

namespace kith::views {

/// Does an edit of many objects so that those that can't be done don't keep the others back: what fails is left out,
/// and what comes after it is tried all the same. Where many are changed by one request, those that can't be are found
/// by halves. Ends early when nothing more can come of it (the server is gone or busy, the right is missing).
class BulkRun : public std::enable_shared_from_this<BulkRun>
{
public:
    /// For one reason.
    struct Failed {
        Edit::Units units;
        Error error;
    };
    /// Among those that are done: one that perhaps isn't, or not whole.
    struct Doubtful {
        enum class What {
            Half,    ///< A part of it is done and could not be taken back, as `error` says.
            Unknown, ///< The connection broke: it is done or not.
        };
        std::size_t unit;
        What what;
        Error error;
    };
    struct Outcome {
        Edit::Units done; ///< Can be taken back.
        std::vector<Failed> failed;
        std::vector<Doubtful> doubtful;
    };
    using Ended = std::function<void(const Outcome &)>;

    /// `context` and the connection must live until it has ended; it keeps itself. When `progress` says so it is
    /// stopped: what isn't done then has failed with Cancelled.
    static void start(connection::Connection &connection, QObject *context, std::shared_ptr<Edit> edit,
                      Edit::Direction direction, std::shared_ptr<core::Progress> progress, Ended ended);

private:
    BulkRun(connection::Connection &connection, QObject *context, std::shared_ptr<Edit> edit, Edit::Direction direction,
            std::shared_ptr<core::Progress> progress, Ended ended);
    void next();
    void take(const std::shared_ptr<Edit::Units> &chunk, Result<core::Response> answer);
    void refused(Edit::Units chunk, const core::Response &answer);
    void doubt(const Edit::Units &units, Doubtful::What what, const Error &error);
    std::size_t cutOff(const Edit::Units &left, const core::Response &answer, std::size_t done);
    void failed(Edit::Units left, const Error &error, std::optional<std::size_t> at);
    void failedTogether(Edit::Units chunk, const Error &error);
    void fail(Edit::Units units, const Error &error);
    void failRest(const Error &error);
    void took(Edit::Units units);
    void takeBack(const Edit::Units &chunk, std::function<void(Edit::Units left)> then);

    connection::Connection &m_connection;
    QObject *m_context;
    std::shared_ptr<Edit> m_edit;
    Edit::Direction m_direction;
    std::shared_ptr<core::Progress> m_progress;
    Ended m_ended;
    std::deque<Edit::Units> m_chunks; ///< To be tried, each by one request.
    Outcome m_outcome;
    std::size_t m_failures = 0; ///< So many units.
    bool m_probed = false;      ///< Whether some were tried alone, to see whether it lies with them or with all.
};

} // namespace kith::views
