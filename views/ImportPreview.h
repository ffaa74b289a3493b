// SPDX-License-Identifier: Apache-2.0
// What the core answers to an import, in words. The shape of the answer: core/DocumentRoutes.h.
#pragma once

#include "CardView.h"

#include <boost/json/value.hpp>

#include <functional>

namespace kith::views {

/// The preview of an import, as far as the dialog decides by it.
struct ImportPreview {
    bool importable = false;
    bool nothingToDo = false;
    std::string fingerprint;
    QString undo; ///< Of an import that was done: the name by which the core can take it back.
    int errors = 0;
    int warnings = 0;
    bool partial = false; ///< Of an import that was done object by object, and not to its end.
    int overwritten = 0;  ///< Warnings that somebody else wrote at the same moment.
    QString verdict;      ///< One sentence: what an import would do, or that it can't be done.
    QString summary;      ///< What was done, when it was: "150 entities and 40 groups created".
    std::vector<Card> cards;
    std::vector<Card> problems; ///< Those of the cards that tell of problems.
};

/// What people call a place in the document ("groups[2].policies"), where that isn't what they know; empty: as it is.
using PlaceName = std::function<QString(const QString &place)>;
/// Whether the cards tell what would be done, or what was.
enum class ImportStage { Plan, Done };

ImportPreview readPreview(const boost::json::value &data, const PlaceName &placeName = {},
                          ImportStage stage = ImportStage::Plan);

} // namespace kith::views
