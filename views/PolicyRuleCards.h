// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CardView.h"
#include "items/PolicyText.h"

namespace kith::views {

/// What each rule of a policy matches and allows, in words. The path is a link to its line: lineTarget().
std::vector<Card> ruleCards(const std::vector<items::PolicyRule> &rules);

Tone capabilityTone(const QString &capability);

QString lineTarget(int line);
int lineOfTarget(const QString &target); ///< 0: it isn't one.

/// What the rule matches, as a sentence.
QString matchText(const items::PolicyRule &rule);

} // namespace kith::views
