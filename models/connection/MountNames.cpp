// SPDX-License-Identifier: Apache-2.0
#include "connection/MountNames.h"

#include "connection/Answers.h"
#include "connection/EachIn.h"

#include <map>
#include <set>

namespace kith::connection {

namespace json = boost::json;

namespace {

/// Each alias, of people and of groups.
template <class Function>
void eachAlias(json::object &whole, Function function)
{
    eachIn(whole, "entities", [&](json::object &entity) { eachIn(entity, "aliases", function); });
    eachIn(whole, "groups", [&](json::object &group) {
        if (json::value *alias = group.if_contains("alias"); alias && alias->is_object())
            function(alias->get_object());
    });
}

class Renaming
{
public:
    explicit Renaming(const MountNames &names) : m_names(names.begin(), names.end()) {}

    Result<void> run(json::object &whole)
    {
        changeList(whole);
        eachAlias(whole, [this](json::object &alias) { change(alias, "mount"); });
        for (const auto &name : m_names)
            if (!m_met.contains(name.first))
                return invalidRequest("nothing that is copied has to do with a mount \"" + name.first + "\"");
        return {};
    }

private:
    void change(json::object &object, std::string_view member)
    {
        const auto found = m_names.find(textIn(object, member));
        if (found == m_names.end())
            return;
        m_met.insert(found->first);
        object[member] = found->second;
    }

    void changeList(json::object &whole)
    {
        std::set<std::string> listed;
        json::array kept;
        eachIn(whole, "mounts", [&](json::object &mount) {
            change(mount, "path");
            const std::string path = textIn(mount, "path");
            if (path.empty() || listed.insert(path).second)
                kept.emplace_back(mount);
        });
        if (whole.contains("mounts"))
            whole["mounts"] = std::move(kept);
    }

    std::map<std::string, std::string> m_names;
    std::set<std::string> m_met;
};

} // namespace

Result<std::vector<DocumentMount>> mountsIn(const std::string &document)
{
    auto value = store::fromJson(document);
    if (!value)
        return value.error();
    std::map<std::string, DocumentMount> used;
    if (json::object *whole = value->if_object()) {
        eachAlias(*whole, [&](json::object &alias) {
            if (const std::string path = textIn(alias, "mount"); !path.empty()) {
                used[path].path = path;
                ++used[path].aliases;
            }
        });
        eachIn(*whole, "mounts", [&](json::object &mount) {
            if (const auto found = used.find(textIn(mount, "path")); found != used.end())
                found->second.type = textIn(mount, "type");
        });
    }
    std::vector<DocumentMount> mounts;
    mounts.reserve(used.size());
    for (auto &mount : used)
        mounts.push_back(std::move(mount.second));
    return mounts;
}

Result<std::string> withMountNames(const std::string &document, const MountNames &names)
{
    if (names.empty())
        return document;
    auto value = store::fromJson(document);
    if (!value)
        return value.error();
    if (json::object *whole = value->if_object())
        if (auto renamed = Renaming(names).run(*whole); !renamed)
            return renamed.error();
    return store::toJson(*value);
}

} // namespace kith::connection
