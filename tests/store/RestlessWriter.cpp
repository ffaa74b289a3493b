// SPDX-License-Identifier: Apache-2.0
// Writes to a core from several threads until it is killed, and prints each name once its write was answered.
#include "store/Store.h"

#include <string>
#include <thread>

#include <unistd.h>

using namespace kith;

namespace {

void writeForEver(store::Store &store, const std::string &prefix)
{
    for (int i = 0;; ++i) {
        const std::string name = prefix + std::to_string(i);
        const auto written = store.write([&](store::WriteSession &session) -> Result<void> {
            session.run("INSERT INTO policy_name (name) VALUES (?)", "half-" + name);
            if (i % 7 == 3)
                return invalidRequest("refused on purpose: what it wrote must never be seen");
            session.run("UPDATE policy_name SET name = ? WHERE name = ?", name, "half-" + name);
            return {};
        });
        if (!written)
            continue;
        const std::string line = name + "\n";
        if (write(STDOUT_FILENO, line.data(), line.size()) < 0)
            return;
    }
}

} // namespace

int main(int argumentCount, char **arguments)
{
    if (argumentCount != 3)
        return 2;
    store::OpenOptions options;
    options.file = arguments[1];
    auto store = store::Store::open(std::move(options));
    if (!store)
        return 1;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back(
            [&, thread] { writeForEver(**store, std::string(arguments[2]) + "-" + std::to_string(thread) + "-"); });
    for (std::thread &thread : threads)
        thread.join();
}
