// SPDX-License-Identifier: Apache-2.0
#include "BulkRun.h"

#include "ErrorText.h"
#include "connection/Async.h"
#include "connection/Requests.h"

#include <algorithm>

namespace kith::views {

namespace json = boost::json;
using Units = Edit::Units;

static constexpr std::size_t MostFailures = 200; ///< Then the rest isn't tried.
static constexpr std::size_t Few = 4;            ///< As many are tried each alone.

namespace {

std::size_t numberIn(const core::Response &answer, const char *key)
{
    const json::object *data = answer.data ? answer.data->if_object() : nullptr;
    const json::value *number = data ? data->if_contains(key) : nullptr;
    return number && number->is_number() ? number->to_number<std::size_t>() : 0;
}

/// With it the next request fails likewise.
bool isHopeless(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Unreachable:
    case ErrorCode::TimedOut:
    case ErrorCode::Cancelled:
    case ErrorCode::WriterTaken:
    case ErrorCode::ReadOnly:
    case ErrorCode::DiskFull:
    case ErrorCode::Damaged:
        return true;
    default:
        return false;
    }
}

Units part(const Units &units, std::size_t from, std::size_t to)
{
    return {units.begin() + static_cast<std::ptrdiff_t>(from), units.begin() + static_cast<std::ptrdiff_t>(to)};
}

} // namespace

BulkRun::BulkRun(connection::Connection &connection, QObject *context, std::shared_ptr<Edit> edit,
                 Edit::Direction direction, Ended ended)
    : m_connection(connection)
    , m_context(context)
    , m_edit(std::move(edit))
    , m_direction(direction)
    , m_ended(std::move(ended))
{}

void BulkRun::start(connection::Connection &connection, QObject *context, std::shared_ptr<Edit> edit,
                    Edit::Direction direction, Ended ended)
{
    const Units all = edit->units(direction);
    const std::shared_ptr<BulkRun> run(new BulkRun(connection, context, std::move(edit), direction, std::move(ended)));
    run->m_chunks.push_back(all);
    run->next();
}

void BulkRun::next()
{
    if (m_outcome.failed.size() >= MostFailures)
        while (!m_chunks.empty()) {
            fail(m_chunks.front(), {ErrorCode::Cancelled, 0, {}, {}});
            m_chunks.pop_front();
        }
    if (m_chunks.empty())
        return std::exchange(m_ended, nullptr)(std::move(m_outcome));
    Units chunk = std::move(m_chunks.front());
    m_chunks.pop_front();
    auto request = connection::applyRequest(m_edit->partsOf(m_direction, chunk));
    connection::whenReady(m_connection.send(std::move(request)), m_context,
                          [self = shared_from_this(), chunk = std::move(chunk)](const Result<core::Response> &answer) {
                              if (answer)
                                  return self->answered(chunk, *answer);
                              self->failed(chunk, answer.error(), 0, 0);
                              self->next();
                          });
}

void BulkRun::took(const Units &units)
{
    m_outcome.done.insert(m_outcome.done.end(), units.begin(), units.end());
}

void BulkRun::fail(const Units &units, const Error &error)
{
    for (const std::size_t unit : units)
        m_outcome.failed.push_back({unit, error});
}

void BulkRun::answered(const Units &chunk, const core::Response &answer)
{
    const json::array answers = connection::applyAnswers(answer);
    if (answer.ok()) {
        m_edit->answered(m_direction, chunk, answers);
        took(chunk);
        return next();
    }
    const std::size_t at = numberIn(answer, "failed_request");
    if (const std::size_t each = m_edit->partsEach(m_direction); each > 0) {
        // A server without transactions has done what came before.
        const std::size_t done = answers.size() / each;
        if (const Units before = part(chunk, 0, std::min(done, chunk.size())); !before.empty()) {
            m_edit->answered(m_direction, before, answers);
            took(before);
        }
        failed(chunk, errorOf(answer), done, at / each);
        return next();
    }
    if (!answers.empty())
        m_edit->answered(m_direction, chunk, answers);
    takeBack(chunk, [self = shared_from_this(), chunk, error = errorOf(answer)] {
        self->failedTogether(chunk, error);
        self->next();
    });
}

/// Of the chunk `done` are done, and the one `at` can't be.
void BulkRun::failed(const Units &chunk, const Error &error, std::size_t done, std::size_t at)
{
    if (isHopeless(error.code) || at >= chunk.size() || at < done) {
        fail(part(chunk, std::min(done, chunk.size()), chunk.size()), error);
        for (const Units &rest : std::exchange(m_chunks, {}))
            fail(rest, error);
        return;
    }
    fail({chunk[at]}, error);
    Units rest = part(chunk, done, at);
    rest.insert(rest.end(), chunk.begin() + static_cast<std::ptrdiff_t>(at) + 1, chunk.end());
    if (!rest.empty())
        m_chunks.push_front(std::move(rest));
}

/// One request for all of them: it says that it can't be, but not for whom.
void BulkRun::failedTogether(const Units &chunk, const Error &error)
{
    if (chunk.size() == 1 || isHopeless(error.code) || error.code == ErrorCode::PermissionDenied) {
        fail(chunk, error);
        if (chunk.size() > 1 || isHopeless(error.code))
            for (const Units &rest : std::exchange(m_chunks, {}))
                fail(rest, error);
        return;
    }
    const auto same = [&](const Failed &one) { return one.error.wire == error.wire; };
    const std::size_t tried = std::count_if(m_outcome.failed.begin(), m_outcome.failed.end(), same);
    if (m_probed && m_outcome.done.empty() && tried >= 3)
        return fail(chunk, error); // it lies with all of them
    if (chunk.size() <= Few || !m_probed) {
        const std::size_t middle = chunk.size() / 2;
        Units rest;
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            if (chunk.size() <= Few || i == 0 || i == middle || i + 1 == chunk.size())
                m_chunks.push_front({chunk[i]});
            else
                rest.push_back(chunk[i]);
        }
        m_probed = true;
        if (!rest.empty())
            m_chunks.push_back(std::move(rest));
        return;
    }
    m_chunks.push_front(part(chunk, chunk.size() / 2, chunk.size()));
    m_chunks.push_front(part(chunk, 0, chunk.size() / 2));
}

/// What of a failed change was done already is undone: half a move is none.
void BulkRun::takeBack(const Units &chunk, std::function<void()> then)
{
    json::array parts = m_edit->partsToTakeBack(m_direction, chunk);
    if (parts.empty())
        return then();
    connection::whenReady(m_connection.send(connection::applyRequest(std::move(parts))), m_context,
                          [then = std::move(then)](const Result<core::Response> &) { then(); });
}

} // namespace kith::views
