// SPDX-License-Identifier: Apache-2.0
#include "identity/DocumentDifference.h"

#include "store/Text.h"

#include <algorithm>
#include <map>
#include <set>

namespace kith::identity {

namespace json = boost::json;

namespace {

using Objects = std::map<std::string, const json::object *>; // by folded name

std::string textOf(const json::value &value)
{
    if (value.is_null())
        return {};
    const json::string *text = value.if_string();
    return text ? std::string(text->data(), text->size()) : json::serialize(value);
}

std::string textAt(const json::object &object, std::string_view key)
{
    const json::value *value = object.if_contains(key);
    return value ? textOf(*value) : std::string();
}

Objects objectsIn(const json::value *list, std::string_view nameKey, std::string_view otherKey = {})
{
    Objects result;
    if (!list || !list->is_array())
        return result;
    for (const json::value &item : list->get_array()) {
        const json::object *object = item.if_object();
        if (!object)
            continue;
        const std::string name = textAt(*object, nameKey);
        result.emplace(foldCase(name.empty() && !otherKey.empty() ? textAt(*object, otherKey) : name), object);
    }
    return result;
}

/// Runs `visit(key, first or null, second or null)` over the keys of both, in their order.
template <class Map, class Visit>
void visitBoth(const Map &first, const Map &second, Visit visit)
{
    for (auto a = first.begin(), b = second.begin(); a != first.end() || b != second.end();) {
        if (b == second.end() || (a != first.end() && a->first < b->first)) {
            visit(a->first, &a->second, nullptr);
            ++a;
        } else if (a == first.end() || b->first < a->first) {
            visit(b->first, nullptr, &b->second);
            ++b;
        } else {
            visit(a->first, &a->second, &b->second);
            ++a;
            ++b;
        }
    }
}

/// One object of a document beside its other self.
class Comparison
{
public:
    std::vector<FieldChange> changes;

    void compareObjects(const std::string &prefix, const json::object &first, const json::object &second)
    {
        const bool isAlias = prefix.starts_with("aliases.");
        std::set<std::string_view> keys;
        for (const json::object *object : {&first, &second})
            for (const auto &member : *object)
                keys.insert(std::string_view(member.key().data(), member.key().size()));
        for (const std::string_view key : keys) {
            if (isAlias && (key == "mount" || key == "accessor"))
                continue; // it is called by that
            compareValues(prefix.empty() ? std::string(key) : prefix + "." + std::string(key), first.if_contains(key),
                          second.if_contains(key));
        }
    }

private:
    void compareValues(const std::string &field, const json::value *first, const json::value *second)
    {
        static const json::value nothing;
        const json::value &a = first ? *first : nothing;
        const json::value &b = second ? *second : nothing;
        if (a == b)
            return;
        if (field == "aliases")
            compareAliases(field, &a, &b);
        else if (a.is_array() || b.is_array())
            compareLists(field, a, b);
        else if (a.is_object() || b.is_object())
            compareObjects(field, a.is_object() ? a.get_object() : json::object(),
                           b.is_object() ? b.get_object() : json::object());
        else
            changes.push_back({field, textOf(a), textOf(b), {}, {}, false});
    }

    void compareAliases(const std::string &field, const json::value *first, const json::value *second)
    {
        const json::object none;
        visitBoth(objectsIn(first, "mount", "accessor"), objectsIn(second, "mount", "accessor"),
                  [&](const std::string &mount, const json::object *const *a, const json::object *const *b) {
                      compareObjects(field + "." + mount, a ? **a : none, b ? **b : none);
                  });
    }

    void compareLists(const std::string &field, const json::value &first, const json::value &second)
    {
        FieldChange change{field, {}, {}, {}, {}, true};
        const std::set<std::string> a = textsIn(first);
        const std::set<std::string> b = textsIn(second);
        std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(change.added));
        std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(change.removed));
        if (!change.added.empty() || !change.removed.empty())
            changes.push_back(std::move(change));
    }

    static std::set<std::string> textsIn(const json::value &list)
    {
        std::set<std::string> texts;
        if (list.is_array())
            for (const json::value &item : list.get_array())
                texts.insert(textOf(item));
        return texts;
    }
};

} // namespace

std::vector<ObjectDifference> difference(const json::object &first, const json::object &second)
{
    constexpr struct {
        std::string_view list, kind, nameKey;
    } Kinds[] = {{"mounts", "mount", "path"},
                 {"policies", "policy", "name"},
                 {"entities", "entity", "name"},
                 {"groups", "group", "name"}};
    using Where = ObjectDifference::Where;
    std::vector<ObjectDifference> result;
    for (const auto &[list, kind, nameKey] : Kinds) {
        visitBoth(objectsIn(first.if_contains(list), nameKey), objectsIn(second.if_contains(list), nameKey),
                  [&, kind = kind, nameKey = nameKey](const std::string &, const json::object *const *a,
                                                      const json::object *const *b) {
                      if (!a || !b) {
                          result.push_back({kind, textAt(a ? **a : **b, nameKey), a ? Where::First : Where::Second});
                          return;
                      }
                      Comparison comparison;
                      comparison.compareObjects({}, **a, **b);
                      if (!comparison.changes.empty())
                          result.push_back({kind, textAt(**b, nameKey), Where::Both, std::move(comparison.changes)});
                  });
    }
    return result;
}

} // namespace kith::identity
