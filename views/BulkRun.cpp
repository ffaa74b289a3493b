// SPDX-License-Identifier: Apache-2.0
#include "BulkRun.h"

#include "ErrorText.h"
#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/LetGo.h"
#include "connection/Requests.h"

#include <algorithm>
#include <array>

namespace kith::views {

namespace json = boost::json;
using Units = Edit::Units;

static constexpr std::size_t MostFailures = 200; ///< Then the rest isn't tried.
static constexpr std::size_t Few = 4;            ///< As many are tried each alone.

namespace {

const json::object *objectIn(const core::Response &answer)
{
    return answer.data ? answer.data->if_object() : nullptr;
}

/// The part that failed, where the answer says which.
std::optional<std::size_t> failedPart(const core::Response &answer)
{
    const json::object *data = objectIn(answer);
    const json::value *number = data ? data->if_contains("failed_request") : nullptr;
    return number && number->is_number() ? std::optional(number->to_number<std::size_t>()) : std::nullopt;
}

bool isUnknown(const core::Response &answer)
{
    const json::object *data = objectIn(answer);
    return data && connection::flagIn(*data, "outcome_unknown");
}

/// With it the next request fails likewise: a server that is busy, sealed, or a standby.
bool isHopeless(const Error &error)
{
    constexpr std::array statuses{429, 472, 473, 502, 503, 504};
    if (std::find(statuses.begin(), statuses.end(), error.status) != statuses.end())
        return true;
    switch (error.code) {
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
                 Edit::Direction direction, std::shared_ptr<core::Progress> progress, Ended ended)
    : m_connection(connection)
    , m_context(context)
    , m_edit(std::move(edit))
    , m_direction(direction)
    , m_progress(std::move(progress))
    , m_ended(std::move(ended))
{}

void BulkRun::start(connection::Connection &connection, QObject *context, std::shared_ptr<Edit> edit,
                    Edit::Direction direction, std::shared_ptr<core::Progress> progress, Ended ended)
{
    const std::shared_ptr<BulkRun> run(
        new BulkRun(connection, context, std::move(edit), direction, std::move(progress), std::move(ended)));
    aside(
        context, [run] { run->m_chunks.push_back(run->m_edit->units(run->m_direction)); }, [run] { run->next(); });
}

void BulkRun::next()
{
    if (m_failures >= MostFailures)
        failRest({ErrorCode::Cancelled, 0, {}, {}});
    if (m_chunks.empty()) {
        auto outcome = std::make_shared<const Outcome>(std::move(m_outcome));
        std::exchange(m_ended, nullptr)(*outcome);
        return connection::letGo(std::move(outcome));
    }
    const auto chunk = std::make_shared<Units>(std::move(m_chunks.front()));
    m_chunks.pop_front();
    // Of hundreds of thousands that takes longer than the window may stand still.
    auto request = std::make_shared<core::Request>();
    aside(
        m_context,
        [self = shared_from_this(), chunk, request] {
            *request = connection::applyRequest(self->m_edit->partsOf(self->m_direction, *chunk));
            request->progress = self->m_progress;
            if (const std::size_t each = self->m_edit->partsEach(self->m_direction); each > 0)
                request->data["unit"] = static_cast<std::int64_t>(each);
        },
        [self = shared_from_this(), chunk, request] {
            connection::whenReady(
                self->m_connection.send(std::move(*request)), self->m_context,
                [self, chunk](Result<core::Response> answer) { self->take(chunk, std::move(answer)); });
        });
}

void BulkRun::take(const std::shared_ptr<Units> &chunk, Result<core::Response> answer)
{
    if (!answer) {
        failed(std::move(*chunk), answer.error(), std::nullopt);
        return next();
    }
    if (!answer->ok())
        return refused(std::move(*chunk), *answer);
    aside(
        m_context,
        [self = shared_from_this(), chunk, answer = std::make_shared<core::Response>(std::move(*answer))] {
            self->m_edit->answered(self->m_direction, *chunk, connection::applyAnswers(*answer));
        },
        [self = shared_from_this(), chunk] {
            self->took(std::move(*chunk));
            self->next();
        });
}

void BulkRun::took(Units units)
{
    if (m_outcome.done.empty())
        m_outcome.done = std::move(units);
    else
        m_outcome.done.insert(m_outcome.done.end(), units.begin(), units.end());
}

void BulkRun::fail(Units units, const Error &error)
{
    if (units.empty())
        return;
    m_failures += units.size();
    m_outcome.failed.push_back({std::move(units), error});
}

/// What hasn't been tried yet.
void BulkRun::failRest(const Error &error)
{
    for (Units &rest : std::exchange(m_chunks, {}))
        fail(std::move(rest), error);
}

void BulkRun::doubt(const Units &units, Doubtful::What what, const Error &error)
{
    took(units);
    for (const std::size_t unit : units)
        m_outcome.doubtful.push_back({unit, what, error});
}

void BulkRun::refused(Units chunk, const core::Response &answer)
{
    const json::array answers = connection::applyAnswers(answer);
    const std::size_t each = m_edit->partsEach(m_direction);
    if (each == 0) {
        if (!answers.empty())
            m_edit->answered(m_direction, chunk, answers);
        if (const auto cut = isUnknown(answer) ? failedPart(answer) : std::nullopt;
            cut && m_edit->assumeDone(m_direction, chunk, *cut)) {
            doubt(m_edit->halfDone(m_direction, chunk), Doubtful::What::Unknown, errorOf(answer));
            failed({}, errorOf(answer), std::nullopt);
            return next();
        }
        return takeBack(chunk, [self = shared_from_this(), error = errorOf(answer)](Units left) {
            self->failedTogether(std::move(left), error);
            self->next();
        });
    }
    const auto at = failedPart(answer);
    // A server without transactions has done what came before.
    std::size_t done = at ? std::min({answers.size() / each, *at / each, chunk.size()}) : 0;
    if (const Units before = part(chunk, 0, done); !before.empty()) {
        m_edit->answered(m_direction, before, answers);
        took(before);
    }
    Error error = errorOf(answer);
    if (isUnknown(answer)) {
        if (m_direction == Edit::Direction::Forth && m_edit->mayBeUndoneBlindly()) {
            done += cutOff(part(chunk, done, chunk.size()), answer, done * each);
        } else if (at && done < chunk.size()) {
            fail({chunk[done]}, error);
            ++done;
        }
        error.wire.clear(); // the others weren't begun
    }
    chunk.erase(chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(done));
    failed(std::move(chunk), error, at ? std::optional(*at / each - done) : std::nullopt);
    next();
}

/// The connection broke after what concerns the first of these was sent, or all of them: the number of those. What was
/// read of them before is kept, so that it can be taken back.
std::size_t BulkRun::cutOff(const Units &left, const core::Response &answer, std::size_t done)
{
    const Units concerned = failedPart(answer) ? part(left, 0, std::min<std::size_t>(1, left.size())) : left;
    const json::array all = connection::applyAnswers(answer);
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(std::min(done, all.size()));
    m_edit->answered(m_direction, concerned, json::array(first, all.end()));
    doubt(concerned, Doubtful::What::Unknown, errorOf(answer));
    return concerned.size();
}

/// None of these is done; `at` is the one that can't be.
void BulkRun::failed(Units left, const Error &error, std::optional<std::size_t> at)
{
    if (isHopeless(error) || (at && *at >= left.size())) {
        fail(std::move(left), error);
        return failRest(error);
    }
    if (!at)
        return failedTogether(std::move(left), error);
    fail({left[*at]}, error);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(*at));
    if (!left.empty())
        m_chunks.push_front(std::move(left));
}

/// One request for all of them: it says that it can't be, but not for whom.
void BulkRun::failedTogether(Units chunk, const Error &error)
{
    if (chunk.size() <= 1 || isHopeless(error) || error.code == ErrorCode::PermissionDenied) {
        const bool endsAll = chunk.size() > 1 || isHopeless(error);
        fail(std::move(chunk), error);
        if (endsAll)
            failRest(error);
        return;
    }
    std::size_t tried = 0;
    for (const Failed &one : m_outcome.failed)
        if (one.error.wire == error.wire)
            tried += one.units.size();
    if (m_probed && m_outcome.done.empty() && tried >= 3)
        return fail(std::move(chunk), error); // it lies with all of them
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

/// What of a failed change was done already is undone: half a move is none. Where that fails it is told; `left` are the
/// others.
void BulkRun::takeBack(const Units &chunk, std::function<void(Units left)> then)
{
    json::array parts = m_edit->partsToTakeBack(m_direction, chunk);
    if (parts.empty())
        return then(chunk);
    connection::whenReady(m_connection.send(connection::applyRequest(std::move(parts))), m_context,
                          [self = shared_from_this(), chunk, then = std::move(then)](Result<core::Response> answer) {
                              if (answer && answer->ok()) {
                                  self->m_edit->tookBack(self->m_direction, chunk);
                                  return then(chunk);
                              }
                              const Units half = self->m_edit->halfDone(self->m_direction, chunk);
                              self->doubt(half, Doubtful::What::Half, errorOf(answer));
                              Units left = chunk;
                              std::erase_if(left, [&](std::size_t unit) {
                                  return std::find(half.begin(), half.end(), unit) != half.end();
                              });
                              then(std::move(left));
                          });
}

} // namespace kith::views
