// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace kith::views {

struct Failure {
    QString what; ///< A name.
    QString why;  ///< A sentence.
};

/// A change of many objects of which some could not be changed; the others are.
struct PartlyDone {
    QString text; ///< What was done, a sentence.
    std::vector<Failure> failures;
    std::function<void()> retry; ///< Tries those that failed once more.
    bool undoable = false;       ///< What was done can be taken back.
};

} // namespace kith::views
