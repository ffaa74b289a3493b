// SPDX-License-Identifier: Apache-2.0
// What nearly every file of the engine includes; compiled once (never included by hand).
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/json.hpp>
#include <tl/expected.hpp>
