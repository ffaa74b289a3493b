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
    QString text;                  ///< What was done, a sentence.
    std::vector<Failure> failures; ///< The doubtful ones last.
    int doubtful = 0;              ///< So many of them are changed in part, or perhaps.
    std::function<void()> retry;   ///< Tries the others once more; none: there are no others.
    bool undoable = false;         ///< What was done can be taken back.

    QString summary() const; ///< What was done, and of how many there is more to say.
};

} // namespace kith::views
