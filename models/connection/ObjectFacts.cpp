// SPDX-License-Identifier: Apache-2.0
#include "connection/ObjectFacts.h"

#include "connection/Answers.h"
#include "store/Text.h"

#include <algorithm>

namespace kith::connection {

namespace json = boost::json;

namespace {

std::vector<std::string> listOf(const json::object &data, std::string_view name)
{
    const json::value &value = data.at(name);
    if (!value.is_string())
        return textsIn(data, name);
    std::vector<std::string> texts; // "a,b", as bodies have it
    const std::string_view text = value.get_string();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        if (comma > at)
            texts.emplace_back(text.substr(at, comma - at));
        at = comma + 1;
    }
    return texts;
}

std::string joined(std::vector<std::string> texts)
{
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    std::string all;
    for (const std::string &text : texts)
        all += text + '\n';
    return all;
}

std::string metadataOf(const json::value &value)
{
    std::vector<std::string> pairs;
    if (const json::object *object = value.if_object())
        for (const auto &[key, text] : *object)
            pairs.push_back(std::string(key) + '=' + json::serialize(text));
    return joined(std::move(pairs));
}

} // namespace

ObjectFacts factsOf(const json::object &data)
{
    ObjectFacts facts;
    for (const char *name : {"member_entity_ids", "member_group_ids"})
        if (data.contains(name))
            facts[name] = joined(listOf(data, name));
    if (data.contains("policies")) {
        std::vector<std::string> policies = listOf(data, "policies");
        for (std::string &policy : policies)
            policy = foldCase(policy);
        facts["policies"] = joined(std::move(policies));
    }
    if (const json::value *metadata = data.if_contains("metadata"))
        facts["metadata"] = metadataOf(*metadata);
    if (data.contains("name"))
        facts["name"] = textIn(data, "name");
    if (data.contains("disabled"))
        facts["disabled"] = flagIn(data, "disabled") ? "true" : "false";
    return facts;
}

std::vector<std::string> differing(const ObjectFacts &ours, const ObjectFacts &a, const ObjectFacts &b)
{
    std::vector<std::string> names;
    for (const auto &[name, text] : ours) {
        const auto one = a.find(name);
        const auto other = b.find(name);
        const std::string none;
        if ((one == a.end() ? none : one->second) != (other == b.end() ? none : other->second))
            names.push_back(name);
    }
    return names;
}

} // namespace kith::connection
