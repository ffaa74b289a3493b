// SPDX-License-Identifier: Apache-2.0
#include "DropHint.h"

#include "Direction.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace kith::views {

static const QColor Ground(0x2b, 0x30, 0x35);
static const QColor Edge(0x5a, 0x63, 0x6b);
static constexpr int TextWidth = 420;
static constexpr QPoint BesideCursor(10, 34);

/// Readable on the card, whatever the palette of the window is: a card of its own, in both schemes.
static QString colorOn(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return QStringLiteral("#7fe0a3");
    case Tone::Bad:
        return QStringLiteral("#ffb3a8");
    case Tone::Warning:
    case Tone::External:
        return QStringLiteral("#ffd28a");
    case Tone::Quiet:
        return QStringLiteral("#c3cad0");
    default:
        return QStringLiteral("#ffffff");
    }
}

static QString colored(const QString &text, Tone tone)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colorOn(tone), text.toHtmlEscaped());
}

DropHint::DropHint(QWidget *owner)
    : QWidget(owner->window()), m_title(new QLabel(this)), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("dropHint"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_layout->setContentsMargins(14, 10, 14, 10);
    m_layout->setSpacing(4);
    m_layout->setSizeConstraint(QLayout::SetFixedSize);
    m_layout->addWidget(m_title);
    m_title->setTextFormat(Qt::RichText);
    hide();
}

QLabel *DropHint::lineAt(std::size_t index)
{
    while (m_lines.size() <= index) {
        auto *line = new QLabel(this);
        line->setTextFormat(Qt::RichText);
        m_layout->addWidget(line);
        m_lines.push_back(line);
    }
    return m_lines[index];
}

void DropHint::showAt(const QPoint &globalPosition, const QString &title, const QString &aside,
                      const std::vector<PreviewLine> &lines)
{
    m_title->setText(readAsWindow(QStringLiteral("<b>%1</b>&nbsp;&nbsp; <small>%2</small>")
                                      .arg(colored(title, Tone::Plain), colored(aside, Tone::Quiet))));
    for (std::size_t i = 0; i < std::max(lines.size(), m_lines.size()); ++i) {
        QLabel *line = lineAt(i);
        line->setVisible(i < lines.size());
        if (i >= lines.size())
            continue;
        line->setText(readAsWindow(colored(lines[i].text, lines[i].tone)));
        const bool wide = fontMetrics().horizontalAdvance(lines[i].text) > TextWidth;
        line->setWordWrap(wide);
        line->setFixedWidth(wide ? TextWidth : QWIDGETSIZE_MAX);
        if (!wide)
            line->setMinimumWidth(0);
        line->setMinimumHeight(wide ? line->heightForWidth(TextWidth) : 0); // the layout asks for that of a wider line
    }
    setAccessibleName(text());
    m_layout->activate();
    adjustSize();
    moveTo(globalPosition);
    show();
    raise();
}

void DropHint::moveTo(const QPoint &globalPosition)
{
    const QWidget *window = parentWidget();
    const QPoint cursor = window->mapFromGlobal(globalPosition);
    QPoint place = cursor + BesideCursor;
    if (place.x() + width() > window->width() - 4)
        place.setX(std::max(4, cursor.x() - width() - BesideCursor.x()));
    if (place.y() + height() > window->height() - 4)
        place.setY(std::max(4, cursor.y() - height() - BesideCursor.y()));
    move(place);
}

QString DropHint::text() const
{
    static const QRegularExpression tag(QStringLiteral("<[^>]*>|&nbsp;"));
    QStringList lines;
    const auto add = [&lines](const QLabel *label) {
        if (label->isVisibleTo(label->parentWidget()))
            lines += label->text().remove(tag).replace(QLatin1String("&lt;"), QLatin1String("<")).simplified();
    };
    add(m_title);
    for (const QLabel *line : m_lines)
        add(line);
    return lines.join(QLatin1Char('\n'));
}

void DropHint::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Edge);
    painter.setBrush(Ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace kith::views
