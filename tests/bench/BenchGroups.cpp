// SPDX-License-Identifier: Apache-2.0
// How long changes of groups take: an import-sized kith/apply, and a group with very many members.
//   bench_groups [members]      (default 500,000)
#include "core/Core.h"
#include "store/Text.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace json = boost::json;
using namespace kith;

namespace {

class Bench
{
public:
    explicit Bench(const std::filesystem::path &file)
    {
        core::CoreOptions options;
        options.file.file = file;
        options.rootToken = "root";
        auto opened = core::Core::open(std::move(options));
        if (!opened) {
            std::cerr << opened.error().wire << '\n';
            std::exit(1);
        }
        m_core = std::move(*opened);
    }

    /// Sends, prints how long it took, and ends the program when it was refused.
    core::Response time(const std::string &what, core::Operation operation, std::string path, json::object data = {})
    {
        core::Request request;
        request.operation = operation;
        request.path = std::move(path);
        request.token = "root";
        request.data = std::move(data);
        const auto begin = std::chrono::steady_clock::now();
        core::Response response = m_core->handle(request);
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
        std::cout << what << ": " << static_cast<double>(took) / 1000.0 << " ms\n";
        if (!response.ok()) {
            std::cerr << response.status << ' ' << (response.errors.empty() ? "" : response.errors.front()) << '\n';
            std::exit(1);
        }
        return response;
    }

private:
    std::unique_ptr<core::Core> m_core;
};

json::object restored(const char *kind, json::object data)
{
    return {{"operation", "update"}, {"path", "kith/restore"}, {"data", json::object{{kind, std::move(data)}}}};
}

/// `people` entities and `groups` groups; each group has `members` of the people, and the one before it as a subgroup
/// in chains of five.
json::array organisation(int people, int groups, int members, std::vector<std::string> &entities)
{
    json::array parts;
    for (int i = 0; i < people; ++i) {
        entities.push_back(newUuid());
        parts.push_back(restored("entity", {{"id", entities.back()},
                                            {"name", "person " + entities.back()},
                                            {"metadata", json::object{{"site", "Toronto"}, {"team", "a"}}}}));
    }
    std::string last;
    for (int i = 0; i < groups; ++i) {
        json::array ids;
        for (int k = 0; k < members; ++k)
            ids.emplace_back(entities[static_cast<std::size_t>(i * 31 + k * 7) % entities.size()]);
        json::object group{{"id", newUuid()},
                           {"name", "group " + std::to_string(i)},
                           {"policies", json::array{"p" + std::to_string(i % 600)}},
                           {"member_entity_ids", std::move(ids)}};
        if (i % 5 != 0)
            group["member_group_ids"] = json::array{last};
        last = json::value_to<std::string>(group.at("id"));
        parts.push_back(restored("group", std::move(group)));
    }
    return parts;
}

} // namespace

int main(int argc, char **argv)
{
    const int members = argc > 1 ? std::atoi(argv[1]) : 500'000;
    const auto folder = std::filesystem::temp_directory_path() / ("kith-bench-" + randomHex(4));
    {
        using core::Operation;
        Bench bench(folder / "core.kith");
        std::vector<std::string> few;
        bench.time("apply 2,100 entities, 800 groups, 10,400 memberships", Operation::Update, "kith/apply",
                   {{"requests", organisation(2'100, 800, 13, few)}});

        std::vector<std::string> many;
        for (int left = members; left > 0; left -= 50'000) {
            const int count = std::min(left, 50'000);
            bench.time("apply " + std::to_string(count) + " entities", Operation::Update, "kith/apply",
                       {{"requests", organisation(count, 0, 0, many)}});
        }
        const std::string group = "identity/group/name/everybody";
        const json::array all(many.begin(), many.end());
        const core::Response made =
            bench.time("create a group of all", Operation::Update, group, {{"member_entity_ids", all}});
        const std::string path = "kith/members/" + json::value_to<std::string>(made.data->at("id"));
        bench.time("add one member", Operation::Update, path, {{"add_entity_ids", json::array{few[0]}}});
        bench.time("remove one member", Operation::Update, path, {{"remove_entity_ids", json::array{many[17]}}});
        bench.time("change its policies", Operation::Update, group, {{"policies", json::array{"p"}}});
        bench.time("set the same members again", Operation::Update, group, {{"member_entity_ids", all}});
        const core::Response read = bench.time("read it", Operation::Read, group);
        bench.time("delete a member", Operation::Delete, "identity/entity/id/" + many[18]);
        bench.time("list groups", Operation::List, "identity/group/id");
        bench.time("delete it", Operation::Delete, group);
        bench.time("restore it", Operation::Update, "kith/restore", {{"group", *read.data}});
    }
    std::filesystem::remove_all(folder);
    return 0;
}
