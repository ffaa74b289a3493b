// SPDX-License-Identifier: Apache-2.0
#include "identity/DocumentCheck.h"

#include "policy/Policy.h"
#include "store/Text.h"

#include <unordered_map>
#include <unordered_set>

namespace kith::identity {

namespace {

std::string at(const char *list, std::size_t index)
{
    return std::string(list) + "[" + std::to_string(index) + "]";
}

class Checker
{
public:
    explicit Checker(Problems &problems) : m_problems(problems) {}

    void check(Document &document);

private:
    /// What was named first, by its folded name.
    struct First {
        std::string place;
        std::string name;
    };
    using Names = std::unordered_map<std::string, First>;

    void error(const char *code, std::string place, std::string object, std::string text);
    void warning(const char *code, std::string place, std::string object, std::string text);
    void checkName(Names &names, const std::string &name, const std::string &place, const std::string &object);
    void checkMount(const document::Mount &mount);
    void checkPolicy(const document::Policy &policy);
    void checkEntity(const document::Entity &entity);
    void checkGroup(document::Group &group);
    void checkAlias(const document::Alias &alias, const std::string &place, const std::string &object, Names &taken);
    void checkMetadata(MetadataOf owner, const StoredMetadata &metadata, const std::string &place,
                       const std::string &object);
    void takeOutRepeated(std::vector<document::Member> &members, const std::string &place, const std::string &object);

    Problems &m_problems;
    Names m_mounts; // by their exact path: case counts
    Names m_policies;
    Names m_entities;
    Names m_groups;
    Names m_entityAliases;
    Names m_groupAliases;
};

void Checker::error(const char *code, std::string place, std::string object, std::string text)
{
    m_problems.add({Problem::Severity::Error, code, std::move(place), std::move(object), std::move(text)});
}

void Checker::warning(const char *code, std::string place, std::string object, std::string text)
{
    m_problems.add({Problem::Severity::Warning, code, std::move(place), std::move(object), std::move(text)});
}

void Checker::checkName(Names &names, const std::string &name, const std::string &place, const std::string &object)
{
    const auto [first, isNew] = names.try_emplace(foldCase(name), First{place, name});
    if (isNew)
        return;
    const bool sameCase = first->second.name == name;
    error("duplicate-name", place, object,
          sameCase ? "the name is taken by " + first->second.place
                   : "the name is taken by " + first->second.place + ", " + shownName(first->second.name) +
                         ": names that differ only in case are the same name");
}

void Checker::checkMetadata(MetadataOf owner, const StoredMetadata &metadata, const std::string &place,
                            const std::string &object)
{
    if (!metadata)
        return;
    if (const auto checked = identity::checkMetadata(owner, *metadata); !checked)
        error("metadata", place + ".metadata", object, plainText(checked.error()));
}

void Checker::checkAlias(const document::Alias &alias, const std::string &place, const std::string &object,
                         Names &taken)
{
    checkMetadata(MetadataOf::Alias, alias.metadata, place, object);
    if (alias.customMetadata) {
        if (const auto checked = checkCustomMetadata(*alias.customMetadata); !checked)
            error("metadata", place + ".custom_metadata", object, plainText(checked.error()));
    }
    const std::string where = alias.mount.empty() ? "accessor " + alias.accessor : alias.mount;
    const auto [first, isNew] = taken.try_emplace(where + '\0' + foldCase(alias.name), First{place, object});
    if (!isNew)
        error("duplicate-alias", place, object,
              "the alias " + shownName(alias.name) + " on " + shownName(where) + " belongs to " + first->second.name +
                  " already (" + first->second.place + ")");
}

void Checker::checkMount(const document::Mount &mount)
{
    const std::string place = at("mounts", mount.index) + ".path";
    if (const auto [first, isNew] = m_mounts.try_emplace(mount.path, First{place, mount.path}); !isNew)
        error("duplicate-name", place, "mount " + shownName(mount.path), "the path is taken by " + first->second.place);
}

void Checker::checkPolicy(const document::Policy &policy)
{
    const std::string place = at("policies", policy.index);
    const std::string object = "policy " + shownName(policy.name);
    checkName(m_policies, policy.name, place + ".name", object);
    if (policy.name == "root" || policy.name == "response-wrapping")
        error("fixed-policy", place + ".name", object, "this policy is built in and can't be changed; take it out");
    else if (policy.name.ends_with('/'))
        error("policy-name", place + ".name", object, "a policy's name can't end in '/'");
    if (policy.text.empty())
        error("policy-text", place + ".policy", object, "the policy has no text");
    else if (const auto parsed = policy::parsePolicy(policy.text); !parsed)
        error("policy-text", place + ".policy", object, plainText(parsed.error()));
}

void Checker::checkEntity(const document::Entity &entity)
{
    const std::string place = at("entities", entity.index);
    const std::string object = "entity " + shownName(entity.name);
    checkName(m_entities, entity.name, place + ".name", object);
    checkMetadata(MetadataOf::Entity, entity.metadata, place, object);
    std::unordered_map<std::string, std::size_t> mounts;
    for (const document::Alias &alias : entity.aliases) {
        const std::string aliasPlace = place + "." + at("aliases", alias.index);
        checkAlias(alias, aliasPlace, object, m_entityAliases);
        const std::string key = alias.mount.empty() ? '\0' + alias.accessor : alias.mount;
        if (const auto [first, isNew] = mounts.try_emplace(key, alias.index); !isNew)
            error("two-aliases", aliasPlace, object,
                  "an entity has at most one alias on a mount; " + shownName(alias.mount + alias.accessor) +
                      " has one already (" + at("aliases", first->second) + ")");
    }
}

void Checker::takeOutRepeated(std::vector<document::Member> &members, const std::string &place,
                              const std::string &object)
{
    std::unordered_set<std::string> seen;
    const auto repeated = [&](const document::Member &member) {
        if (seen.insert(foldCase(member.name)).second)
            return false;
        warning("repeated-member", place + "[" + std::to_string(member.index) + "]", object,
                shownName(member.name) + " stands twice in the list; it counts once");
        return true;
    };
    members.erase(std::remove_if(members.begin(), members.end(), repeated), members.end());
}

void Checker::checkGroup(document::Group &group)
{
    const std::string place = at("groups", group.index);
    const std::string object = "group " + shownName(group.name);
    checkName(m_groups, group.name, place + ".name", object);
    checkMetadata(MetadataOf::Group, group.metadata, place, object);
    if (group.memberEntities)
        takeOutRepeated(*group.memberEntities, place + ".member_entities", object);
    if (group.memberGroups)
        takeOutRepeated(*group.memberGroups, place + ".member_groups", object);
    if (group.external && group.memberGroups && !group.memberGroups->empty())
        error("external-subgroups", place + ".member_groups", object, "an external group can't have subgroups");
    if (group.alias) {
        checkAlias(*group.alias, place + ".alias", object, m_groupAliases);
        if (!group.external)
            error("internal-alias", place + ".alias", object, R"(only a group of type "external" can have an alias)");
    }
}

void Checker::check(Document &document)
{
    for (const document::Mount &mount : document.mounts)
        checkMount(mount);
    for (const document::Policy &policy : document.policies)
        checkPolicy(policy);
    for (const document::Entity &entity : document.entities)
        checkEntity(entity);
    for (document::Group &group : document.groups)
        checkGroup(group);
}

} // namespace

void checkDocument(Document &document, Problems &problems)
{
    Checker(problems).check(document);
}

} // namespace kith::identity
