// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace kith::views {

/// How well what was typed fits a text: all its letters stand there in this order, in any case. Higher is better:
/// beginnings of words and letters side by side count most. None: it doesn't fit.
std::optional<int> fuzzyScore(const QString &typed, const QString &text);

} // namespace kith::views
