// SPDX-License-Identifier: Apache-2.0
#include "identity/Document.h"

#include "identity/Blanks.h"
#include "identity/DocumentCheck.h"
#include "identity/DocumentFields.h"
#include "identity/JsonText.h"
#include "policy/PolicyNames.h"

#include <set>

namespace kith::identity {

namespace {

namespace json = boost::json;

/// "auth/github/" -> "github".
std::string mountPath(std::string_view path)
{
    if (path.starts_with("auth/"))
        path.remove_prefix(5);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    while (path.starts_with('/'))
        path.remove_prefix(1);
    return std::string(path);
}

class Reader
{
public:
    explicit Reader(Problems &problems) : m_problems(problems) {}

    Document read(const json::value &value);

private:
    template <class Item>
    void readList(DocumentFields &top, std::string_view key, const char *kind, std::vector<Item> &out);
    bool read(DocumentFields &fields, document::Mount &mount);
    bool read(DocumentFields &fields, document::Policy &policy);
    bool read(DocumentFields &fields, document::Entity &entity);
    bool read(DocumentFields &fields, document::Group &group);
    bool readAlias(DocumentFields &fields, document::Alias &alias);
    std::optional<std::string> name(DocumentFields &fields);
    std::optional<std::vector<std::string>> policies(DocumentFields &fields);
    static std::optional<std::vector<document::Member>> members(DocumentFields &fields, std::string_view key);

    Problems &m_problems;
};

std::optional<std::string> Reader::name(DocumentFields &fields)
{
    const std::size_t before = m_problems.list().size() + m_problems.leftOut();
    auto name = fields.text("name");
    if (name && !name->empty())
        return name;
    if (m_problems.list().size() + m_problems.leftOut() == before)
        fields.error("no-name", "name", "a name is missing");
    return std::nullopt;
}

std::optional<std::vector<std::string>> Reader::policies(DocumentFields &fields)
{
    const auto texts = fields.texts("policies");
    if (!texts)
        return std::nullopt;
    std::set<std::string> names;
    for (const auto &[index, text] : *texts) {
        std::string name = policy::policyKey(withoutBlanks(text));
        if (name == "root")
            fields.error("root-policy", "policies[" + std::to_string(index) + "]",
                         R"(the policy "root" can't be given to entities or groups)");
        else if (!name.empty())
            names.insert(std::move(name));
    }
    return std::vector<std::string>(names.begin(), names.end());
}

std::optional<std::vector<document::Member>> Reader::members(DocumentFields &fields, std::string_view key)
{
    const auto texts = fields.texts(key);
    if (!texts)
        return std::nullopt;
    std::vector<document::Member> out;
    out.reserve(texts->size());
    for (const auto &[index, text] : *texts)
        out.push_back({index, text});
    return out;
}

bool Reader::read(DocumentFields &fields, document::Mount &mount)
{
    mount.path = mountPath(fields.text("path").value_or(std::string()));
    mount.type = fields.text("type").value_or(std::string());
    mount.description = fields.text("description").value_or(std::string());
    mount.local = fields.flag("local").value_or(false);
    if (mount.path.empty())
        fields.error("no-name", "path", "the path of the mount is missing");
    return !mount.path.empty();
}

bool Reader::read(DocumentFields &fields, document::Policy &policy)
{
    const auto named = name(fields);
    policy.name = policy::policyKey(withoutBlanks(named.value_or(std::string())));
    policy.text = fields.text("policy").value_or(std::string());
    policy.casRequired = fields.flag("cas_required");
    if (const auto expiration = fields.text("expiration")) {
        policy.expires = fromRfc3339(*expiration);
        if (!policy.expires)
            fields.error("wrong-type", "expiration", "expected a time such as 2027-01-31T12:00:00Z");
    }
    policy.allowSlashes = fields.flag("allow_slashes_in_identity_templates");
    policy.allowWildcards = fields.flag("allow_wildcards_in_identity_templates");
    return !policy.name.empty();
}

bool Reader::readAlias(DocumentFields &fields, document::Alias &alias)
{
    const auto named = name(fields);
    alias.name = named.value_or(std::string());
    alias.mount = mountPath(fields.text("mount").value_or(std::string()));
    alias.accessor = fields.text("accessor").value_or(std::string());
    alias.metadata = fields.metadata("metadata");
    alias.customMetadata = fields.metadata("custom_metadata");
    const bool place = !alias.mount.empty() || !alias.accessor.empty();
    if (!place)
        fields.error("no-mount", {},
                     R"(an alias needs the path of its "mount", or the "accessor" of one that is gone)");
    else if (!alias.mount.empty() && !alias.accessor.empty())
        fields.error("no-mount", {},
                     R"(an alias has either a "mount" or the "accessor" of one that is gone, not both)");
    fields.warnUnknown();
    return named.has_value() && place;
}

bool Reader::read(DocumentFields &fields, document::Entity &entity)
{
    const auto named = name(fields);
    entity.name = named.value_or(std::string());
    entity.disabled = fields.flag("disabled");
    entity.metadata = fields.metadata("metadata");
    entity.policies = policies(fields);
    if (const json::array *aliases = fields.list("aliases")) {
        for (std::size_t i = 0; i < aliases->size(); ++i) {
            const std::string key = "aliases[" + std::to_string(i) + "]";
            if (!(*aliases)[i].is_object()) {
                fields.error("wrong-type", key, "expected an object with mount and name");
                continue;
            }
            DocumentFields inner((*aliases)[i].get_object(), fields.placeOf(key), {}, m_problems);
            inner.setLabel(fields.label());
            document::Alias alias;
            alias.index = i;
            if (readAlias(inner, alias))
                entity.aliases.push_back(std::move(alias));
        }
    }
    return named.has_value();
}

bool Reader::read(DocumentFields &fields, document::Group &group)
{
    const auto named = name(fields);
    group.name = named.value_or(std::string());
    const std::string type = fields.text("type").value_or(std::string("internal"));
    group.external = type == "external";
    if (!group.external && type != "internal")
        fields.error("wrong-type", "type", R"(expected "internal" or "external", found )" + shownName(type));
    group.metadata = fields.metadata("metadata");
    group.policies = policies(fields);
    group.memberEntities = members(fields, "member_entities");
    group.memberGroups = members(fields, "member_groups");
    if (const json::object *object = fields.object("alias")) {
        DocumentFields inner(*object, fields.placeOf("alias"), {}, m_problems);
        inner.setLabel(fields.label());
        document::Alias alias;
        if (readAlias(inner, alias))
            group.alias = std::move(alias);
    }
    return named.has_value();
}

template <class Item>
void Reader::readList(DocumentFields &top, std::string_view key, const char *kind, std::vector<Item> &out)
{
    const json::array *items = top.list(key);
    if (!items)
        return;
    out.reserve(items->size());
    for (std::size_t i = 0; i < items->size(); ++i) {
        const std::string place = std::string(key) + "[" + std::to_string(i) + "]";
        if (!(*items)[i].is_object()) {
            top.error("wrong-type", place, std::string("expected an object for ") + kind);
            continue;
        }
        DocumentFields fields((*items)[i].get_object(), place, kind, m_problems);
        Item item;
        item.index = i;
        const bool usable = read(fields, item);
        fields.warnUnknown();
        if (usable)
            out.push_back(std::move(item));
    }
}

Document Reader::read(const json::value &value)
{
    Document document;
    if (!value.is_object()) {
        m_problems.add({Problem::Severity::Error,
                        "wrong-type",
                        {},
                        {},
                        R"(a document is an object with the lists "entities", "groups" and "policies")"});
        return document;
    }
    DocumentFields top(value.get_object(), {}, {}, m_problems);
    top.ignore("source");
    const std::string lists = top.text("lists").value_or(std::string("whole"));
    document.adds = lists == "add";
    if (!document.adds && lists != "whole")
        top.error("wrong-type", "lists", R"(expected "whole" or "add", found )" + shownName(lists));
    readList(top, "mounts", "mount", document.mounts);
    readList(top, "policies", "policy", document.policies);
    readList(top, "entities", "entity", document.entities);
    readList(top, "groups", "group", document.groups);
    top.warnUnknown();
    if (!value.get_object().contains("mounts") && !value.get_object().contains("policies") &&
        !value.get_object().contains("entities") && !value.get_object().contains("groups"))
        top.error("no-content", {},
                  R"(this isn't an identity document: it has none of the lists "entities", "groups", "policies")");
    return document;
}

} // namespace

Document Document::parse(std::string_view bytes, Problems &problems)
{
    json::monotonic_resource memory(std::clamp<std::size_t>(bytes.size(), 4096, 1 << 20));
    const auto value = readJsonText(bytes, &memory, problems);
    if (!value)
        return {};
    return fromJson(*value, problems);
}

Document Document::fromJson(const json::value &value, Problems &problems)
{
    Document document = Reader(problems).read(value);
    checkDocument(document, problems);
    return document;
}

} // namespace kith::identity
