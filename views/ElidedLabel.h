// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace kith::views {

/// One line of plain text that is shortened with an ellipsis where it has no room; the whole stands in the tool tip
/// and is the accessible name. Control characters are made visible; in a sentence all but the marks around names.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    enum class Kind { Name, Sentence };
    void setWhole(const QString &text, Kind kind = Kind::Name);
    const QString &whole() const { return m_whole; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void elide();
    QString visible() const;

    QString m_whole;
    Kind m_kind = Kind::Name;
};

} // namespace kith::views
