// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Documents.h"
#include "Output.h"

#include <cstring>
#include <iostream>

namespace kith::ctl {

namespace json = boost::json;

namespace {

std::string_view textOf(const json::value &value)
{
    return {value.as_string().data(), value.as_string().size()};
}

/// "42 new, 3 changed, 7 as they are"
std::string inWords(const json::value &counts)
{
    std::string words;
    const auto add = [&](const char *key, const char *word) {
        const std::int64_t count = counts.at(key).to_number<std::int64_t>();
        if (count > 0)
            words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + word;
    };
    add("create", "new");
    add("change", "changed");
    add("keep", "as they are");
    return words.empty() ? "none" : words;
}

void printCounts(const json::value &preview)
{
    for (const char *kind : {"mounts", "policies", "groups", "entities"})
        std::cout << "  " << kind << std::string(10 - std::strlen(kind), ' ') << inWords(preview.at("counts").at(kind))
                  << '\n';
}

std::string listed(const json::value &names)
{
    std::string out;
    for (const json::value &name : names.as_array())
        out += (out.empty() ? "" : ", ") + plain(textOf(name));
    return out;
}

/// A value on one line, of a long one the beginning.
std::string shortened(std::string_view value)
{
    constexpr std::size_t Longest = 60;
    std::size_t end = std::min(value.size(), Longest);
    while (end > 0 && end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80)
        --end;
    return value.empty() ? "(nothing)" : plain(value.substr(0, end)) + (end < value.size() ? "…" : "");
}

/// What a server that rolls nothing back couldn't do; null: nothing of that kind.
const json::value *failures(const core::Response &response)
{
    const json::object *data = response.data ? response.data->if_object() : nullptr;
    return data ? data->if_contains("failed") : nullptr;
}

} // namespace

void printChanges(const json::array &changes)
{
    for (const json::value &object : changes) {
        std::cout << textOf(object.at("kind")) << ' ' << plain(textOf(object.at("name"))) << '\n';
        for (const json::value &field : object.at("fields").as_array()) {
            std::cout << "    " << plain(textOf(field.at("field"))) << ": ";
            if (const json::value *before = field.as_object().if_contains("before")) {
                std::cout << shortened(textOf(*before)) << " → " << shortened(textOf(field.at("after"))) << '\n';
                continue;
            }
            const std::string added = listed(field.at("added"));
            const std::string removed = listed(field.at("removed"));
            std::cout << (added.empty() ? "" : "+ " + added) << (added.empty() || removed.empty() ? "" : "; ")
                      << (removed.empty() ? "" : "− " + removed) << '\n';
        }
    }
}

static void printProblems(const json::value &preview)
{
    for (const json::value &problem : preview.at("problems").as_array()) {
        const std::string_view object = textOf(problem.at("object"));
        std::string words(textOf(problem.at("place")));
        if (!object.empty())
            words += (words.empty() ? "" : " (") + std::string(object) + (words.empty() ? "" : ")");
        std::cerr << "kithctl: " << textOf(problem.at("severity")) << ": " << words << (words.empty() ? "" : ": ")
                  << textOf(problem.at("text")) << '\n';
    }
    if (const auto more = preview.at("problems_left_out").to_number<std::int64_t>(); more > 0)
        std::cerr << "kithctl: and " << more << " more problems\n";
}

int previewImport(AnyCore &core, std::string document, const std::string &name)
{
    const core::Response response =
        core.send(core::Operation::Update, "kith/import/preview", {{"document", std::move(document)}});
    if (!response.ok())
        return fail(response);
    const json::value &data = *response.data;
    printProblems(data);
    if (!data.at("importable").as_bool()) {
        return fail(plain(name) + " can't be imported as it is; nothing was changed");
    }
    if (data.at("nothing_to_do").as_bool()) {
        std::cout << "Nothing to do: all of " << plain(name) << " is there already.\n";
        return Done;
    }
    printChanges(data.at("change").as_array());
    std::cout << "An import of " << plain(name) << " would bring:\n";
    printCounts(data);
    return Done;
}

int importInto(AnyCore &core, std::string document, const std::string &name)
{
    const core::Response response =
        core.send(core::Operation::Update, "kith/import", {{"document", std::move(document)}});
    if (response.data && response.data->is_object() && response.data->as_object().contains("problems"))
        printProblems(*response.data);
    else if (!response.ok())
        fail(response);
    if (const json::value *failed = failures(response)) {
        for (const json::value &one : failed->as_array())
            std::cerr << "kithctl: " << textOf(one.at("kind")) << ' ' << plain(textOf(one.at("name"))) << ": "
                      << plain(textOf(one.at("text"))) << '\n';
        return fail(plain(name) + " was imported in part (" +
                    std::to_string(response.data->at("done").to_number<std::int64_t>()) +
                    " done); the same again goes on with what is left");
    }
    if (!response.ok())
        return fail(plain(name) + " was not imported; nothing was changed");
    if (response.data->at("nothing_to_do").as_bool()) {
        std::cout << "Nothing to do: all of " << plain(name) << " is there already.\n";
        return Done;
    }
    std::cout << "Imported " << plain(name) << ":\n";
    printCounts(*response.data);
    return Done;
}

int importDocument(const Arguments &arguments)
{
    const std::string &name = arguments.operands[0];
    auto document = readDocument(name);
    if (!document)
        return fail(document.error());
    if (!arguments.dryRun) {
        auto core = openCore(arguments, store::Access::ReadWrite);
        return core ? importInto(**core, std::move(*document), name) : fail(core.error());
    }
    auto core = openCore(arguments, store::Access::ReadOnly);
    if (core)
        return previewImport(**core, std::move(*document), name);
    if (arguments.server || core.error().code != ErrorCode::NotFound)
        return fail(core.error());
    // A core that isn't there yet is like an empty one. A preview creates none.
    auto temporary = openTemporary();
    return temporary ? previewImport(**temporary, std::move(*document), name) : fail(temporary.error());
}

} // namespace kith::ctl
