// SPDX-License-Identifier: Apache-2.0
// kith/members/:group_id: changes members by their difference, so that nobody's change is lost and a big group isn't
// sent whole.
//
//   {"add_entity_ids", "remove_entity_ids", "add_group_ids", "remove_group_ids"}: lists, each may be left out
//   -> 200 {"added_entity_ids", "removed_entity_ids", "added_group_ids", "removed_group_ids"}: what really changed
#include "core/Routes.h"
#include "identity/GroupMembers.h"
#include "identity/Groups.h"

namespace kith::core {

namespace {

using Texts = std::vector<std::string>;

boost::json::array arrayOf(const Texts &texts)
{
    return boost::json::array(texts.begin(), texts.end());
}

Result<Response> changeMembers(const Call &call, store::WriteSession &session)
{
    const auto group = identity::groupByUuid(session, call.ns(), call.inPath("group_id"));
    if (!group)
        return invalidRequest("invalid group ID");
    const identity::MemberChange change{
        call.list("add_entity_ids").value_or(Texts()), call.list("remove_entity_ids").value_or(Texts()),
        call.list("add_group_ids").value_or(Texts()), call.list("remove_group_ids").value_or(Texts())};
    const auto *cancel = call.request().progress ? &call.request().progress->cancelled : nullptr;
    const auto done = identity::changeMembers(session, *group, change, cancel);
    if (!done)
        return done.error();
    return Response::of({{"added_entity_ids", arrayOf(done->addEntities)},
                         {"removed_entity_ids", arrayOf(done->removeEntities)},
                         {"added_group_ids", arrayOf(done->addGroups)},
                         {"removed_group_ids", arrayOf(done->removeGroups)}});
}

} // namespace

std::vector<Route> memberRoutes()
{
    return {{"kith/members/:group_id",
             {{"add_entity_ids", FieldType::List},
              {"remove_entity_ids", FieldType::List},
              {"add_group_ids", FieldType::List},
              {"remove_group_ids", FieldType::List}},
             {{Operation::Update, WriteHandler(changeMembers)}}}};
}

} // namespace kith::core
