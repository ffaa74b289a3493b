// SPDX-License-Identifier: Apache-2.0
#include "identity/ImportPlanner.h"

#include "store/Text.h"

namespace kith::identity {

namespace {

/// The groups as they would be after the import: the member lists of the document where it states them, else those of
/// the core. Walks down from the groups of the document, without recursion, since chains may be long.
class Walk
{
public:
    explicit Walk(ImportPlanner &planner) : m_planner(planner) {}

    void from(const std::string &key)
    {
        if (m_states.count(key) != 0)
            return;
        enter(key);
        while (!m_path.empty()) {
            Step &step = m_path.back();
            if (step.next == step.children.size()) {
                m_states[step.key] = State::Done;
                m_path.pop_back();
                continue;
            }
            const Child child = step.children[step.next++];
            const auto state = m_states.find(child.key);
            if (state == m_states.end())
                enter(child.key);
            else if (state->second == State::OnPath)
                tell(child);
        }
    }

private:
    enum class State { OnPath, Done };
    struct Child {
        std::string key;
        std::string place; ///< Of the edge; empty: it is in the core, not in the document.
    };
    struct Step {
        std::string key;
        std::string name;
        std::vector<Child> children;
        std::size_t next = 0;
    };

    void enter(const std::string &key)
    {
        m_states[key] = State::OnPath;
        m_path.push_back(stepOf(key));
    }

    Step stepOf(const std::string &key) const
    {
        Step step;
        step.key = key;
        const auto found = m_planner.groups.find(key);
        const document::Group *group =
            found == m_planner.groups.end() ? nullptr : &m_planner.document.groups[found->second];
        if (group && group->memberGroups) {
            step.name = group->name;
            const std::string place = placeIn("groups", group->index) + ".";
            for (const document::Member &member : *group->memberGroups)
                step.children.push_back({foldCase(member.name), place + placeIn("member_groups", member.index)});
            return step;
        }
        store::Query rows = m_planner.session.query(
            "SELECT p.name, c.name_key FROM identity_group p LEFT JOIN member_group m ON m.parent = p.id "
            "LEFT JOIN identity_group c ON c.id = m.child WHERE p.name_key = ? AND p.namespace = 1 ORDER BY c.name_key",
            key);
        while (rows.step()) {
            step.name = rows.text(0);
            if (!rows.isNull(1))
                step.children.push_back({std::string(rows.text(1)), {}});
        }
        if (group)
            step.name = group->name;
        return step;
    }

    /// `back` leads from the end of the path to a group on it: the cycle is the path from there.
    void tell(const Child &back)
    {
        auto first = std::find_if(m_path.begin(), m_path.end(), [&](const Step &step) { return step.key == back.key; });
        std::string place = back.place;
        std::string names;
        for (auto step = first; step != m_path.end(); ++step) {
            names += shownName(step->name) + " → ";
            // The edge that the walk took last is in the core: name one of the cycle that the document can change.
            if (place.empty() && step + 1 != m_path.end())
                place = step->children[step->next - 1].place;
        }
        m_planner.error("cycle", place, labelOf("group", first->name),
                        "a group can't contain itself, not even through others: " + names + shownName(first->name) +
                            "; take one of them out of the next one's member_groups");
    }

    ImportPlanner &m_planner;
    std::unordered_map<std::string, State> m_states;
    std::vector<Step> m_path;
};

} // namespace

void ImportPlanner::findCycles()
{
    Walk walk(*this);
    for (const document::Group &group : document.groups)
        walk.from(foldCase(group.name));
}

} // namespace kith::identity
