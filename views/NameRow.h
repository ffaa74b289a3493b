// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHBoxLayout>

namespace kith::views {

class Chip;
class ElidedLabel;

/// A name, a chip behind it, and whatever else is added. Where both can't be whole it is the chip that is shortened
/// first: a plain row would take from both alike.
class NameRow : public QHBoxLayout
{
    Q_OBJECT
public:
    /// Adds both.
    NameRow(ElidedLabel *name, Chip *chip);

    void setGeometry(const QRect &rect) override;

private:
    int roomFor(const QRect &rect) const;

    ElidedLabel *m_name;
    Chip *m_chip;
};

} // namespace kith::views
