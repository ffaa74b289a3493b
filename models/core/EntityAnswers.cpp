// SPDX-License-Identifier: Apache-2.0
#include "core/EntityAnswers.h"

#include "core/EntityJson.h"
#include "store/Json.h"

namespace kith::core {

namespace {

constexpr std::size_t MostBytes = std::size_t{16} << 20;
constexpr std::size_t LongestText = std::size_t{64} << 10;
constexpr std::size_t LongestQuestion = 1024;

/// All that the answer may depend on beside the entity.
std::string questionOf(const Request &request)
{
    // A path may hold any byte: its length tells where it ends.
    std::string question = std::to_string(request.path.size()) + ' ' + request.path + request.ns;
    if (!request.data.empty())
        question.append("\n").append(store::toJson(request.data));
    return question;
}

/// `whom`: the entity that the answer tells of, and its text.
Result<Response> answered(EntityHandler handler, const Call &call, store::Session &session, EntityId &whom)
{
    auto found = handler(call, session);
    if (!found)
        return found.error();
    if (auto *response = std::get_if<Response>(&*found))
        return std::move(*response);
    const auto &entity = std::get<identity::EntityView>(*found);
    whom = entity.id;
    return Response::ofText(toText(entity));
}

} // namespace

Result<Response> EntityAnswers::answer(EntityHandler handler, const Call &call, store::Session &session)
{
    EntityId whom;
    auto response = answered(handler, call, session, whom);
    if (response && whom)
        return Response::of(*store::fromJson(response->text));
    return response;
}

Result<Response> EntityAnswers::answer(EntityHandler handler, const Call &call, store::Store &store)
{
    if (!call.takesText())
        return store.read([&](store::Session &session) { return answer(handler, call, session); });
    const std::string question = questionOf(call.request());
    if (const Text known = find(question))
        return Response::ofText(*known);
    const std::uint64_t generation = m_generation;
    EntityId whom;
    auto response = store.read([&](store::Session &session) { return answered(handler, call, session, whom); });
    if (response && whom && question.size() <= LongestQuestion && response->text.size() <= LongestText)
        keep(question, {whom, std::make_shared<const std::string>(response->text)}, generation);
    return response;
}

EntityAnswers::Text EntityAnswers::find(const std::string &question) const
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_entries.find(question);
    return known != m_entries.end() ? known->second.text : nullptr;
}

/// Not when a commit came since the reading began: it may have changed what was read.
void EntityAnswers::keep(const std::string &question, Entry entry, std::uint64_t generation)
{
    const std::lock_guard lock(m_mutex);
    if (generation != m_generation)
        return;
    const std::size_t bytes = question.size() + entry.text->size();
    if (m_bytes + bytes > MostBytes)
        forgetAll();
    const EntityId entity = entry.entity;
    if (!m_entries.try_emplace(question, std::move(entry)).second)
        return;
    m_byEntity.emplace(entity, question);
    m_bytes += bytes;
}

void EntityAnswers::forget(EntityId entity)
{
    const auto [begin, end] = m_byEntity.equal_range(entity);
    for (auto at = begin; at != end; ++at) {
        const auto known = m_entries.find(at->second);
        m_bytes -= known->first.size() + known->second.text->size();
        m_entries.erase(known);
    }
    m_byEntity.erase(begin, end);
}

void EntityAnswers::forgetAll()
{
    m_entries.clear();
    m_byEntity.clear();
    m_bytes = 0;
}

void EntityAnswers::follow(const ChangeSet &changes)
{
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    if (changes.everything || changes.mounts || !changes.groups.empty() || !changes.subgroups.empty()) {
        forgetAll();
        return;
    }
    for (const EntityId entity : changes.entities)
        forget(entity);
    for (const auto &[group, entity] : changes.members)
        forget(entity);
}

} // namespace kith::core
