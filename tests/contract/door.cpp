// SPDX-License-Identifier: Apache-2.0
// Answers requests to a core, a line of JSON each, some at once:
//   {"number":7,"operation":"read","path":"identity/entity/id/…","token":"root","namespace":"","data":{…}}
//   {"number":7,"status":200,"data":{…},"warnings":[…],"errors":[…]}
#include "core/Core.h"

#include <iostream>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace json = boost::json;
using namespace kith;

namespace {

constexpr int Workers = 8;

core::Request toRequest(const json::object &line)
{
    static const std::map<std::string_view, core::Operation> operations{
        {"create", core::Operation::Create}, {"read", core::Operation::Read},     {"update", core::Operation::Update},
        {"patch", core::Operation::Patch},   {"delete", core::Operation::Delete}, {"list", core::Operation::List},
        {"scan", core::Operation::Scan}};
    core::Request request;
    request.operation = operations.at(line.at("operation").as_string());
    request.path = line.at("path").as_string();
    request.token = line.at("token").as_string();
    request.ns = line.at("namespace").as_string();
    request.data = line.at("data").as_object();
    return request;
}

json::object toLine(const core::Response &response)
{
    json::object line{{"status", response.status}};
    if (response.data)
        line["data"] = *response.data;
    line["warnings"] = json::value_from(response.warnings);
    line["errors"] = json::value_from(response.errors);
    return line;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "usage: door FILE ROOT-TOKEN\n";
        return 2;
    }
    core::CoreOptions options;
    options.file.file = argv[1];
    options.rootToken = argv[2];
    const auto opened = core::Core::open(std::move(options));
    if (!opened) {
        std::cerr << opened.error().wire << '\n';
        return 1;
    }
    std::mutex reading;
    std::mutex writing;
    const auto work = [&] {
        for (std::string line;;) {
            {
                const std::lock_guard lock(reading);
                if (!std::getline(std::cin, line))
                    return;
            }
            const json::object request = json::parse(line).as_object();
            json::object answer = toLine((*opened)->handle(toRequest(request)));
            answer["number"] = request.at("number");
            const std::lock_guard lock(writing);
            std::cout << json::serialize(answer) << std::endl;
        }
    };
    std::vector<std::jthread> workers;
    workers.reserve(Workers);
    for (int i = 0; i < Workers; ++i)
        workers.emplace_back(work);
    workers.clear(); // waits for them
    return 0;
}
