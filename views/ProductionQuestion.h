// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace kith::views {

/// Asks before production is changed. `what`: the change; `name`: of the connection. `answer` is called once, with
/// whether to do it.
void askForProduction(QWidget *window, const QString &name, const QString &what, std::function<void(bool)> answer);

} // namespace kith::views
