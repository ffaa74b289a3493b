// SPDX-License-Identifier: Apache-2.0
#include "Texts.h"

#include "views/CardView.h"
#include "views/Chip.h"
#include "views/ElidedLabel.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTextDocument>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace kith::test {

namespace {

template <class Function>
void eachVisible(QWidget &root, Function function)
{
    function(&root);
    for (QWidget *widget : root.findChildren<QWidget *>())
        if (widget->isVisible() && widget->window() == root.window() && !widget->visibleRegion().isEmpty())
            function(widget);
}

QString plain(const QString &text)
{
    if (!Qt::mightBeRichText(text))
        return text;
    QTextDocument document;
    document.setHtml(text);
    return document.toPlainText();
}

bool labelFits(const QLabel &label)
{
    if (label.text().isEmpty() || label.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
        return true;
    if (!label.wordWrap())
        return qobject_cast<const views::ElidedLabel *>(&label) || qobject_cast<const views::Chip *>(&label) ||
               label.sizeHint().width() <= label.width() + 1;
    int longest = 0;
    for (const QString &word : plain(label.text()).split(QRegularExpression(QStringLiteral("\\s"))))
        longest = std::max(longest, label.fontMetrics().horizontalAdvance(word));
    return longest <= label.width() && label.heightForWidth(label.width()) <= label.height() + 1;
}

/// What is chosen in a combo box, unless it says itself that it may be longer.
bool choiceFits(const QWidget &widget)
{
    const auto *box = qobject_cast<const QComboBox *>(&widget);
    if (!box || box->sizeAdjustPolicy() == QComboBox::AdjustToMinimumContentsLengthWithIcon)
        return true;
    QStyleOptionComboBox option;
    option.initFrom(box);
    option.editable = false;
    const QRect field = box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
    const int icon = box->itemIcon(box->currentIndex()).isNull() ? 0 : box->iconSize().width() + 4;
    return box->fontMetrics().horizontalAdvance(box->currentText()) + icon <= field.width();
}

/// What it asks for is there, and nothing of it lies outside.
bool fits(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return labelFits(*label);
    if (const auto *box = qobject_cast<const QComboBox *>(&widget); box && box->isEditable())
        return true; // what is typed there scrolls
    if (const auto *button = qobject_cast<const QToolButton *>(&widget))
        return button->text().isEmpty() || button->sizeHint().width() <= button->width() + 1;
    if (qobject_cast<const QPushButton *>(&widget) || qobject_cast<const QCheckBox *>(&widget) ||
        qobject_cast<const QRadioButton *>(&widget) || qobject_cast<const QComboBox *>(&widget))
        return widget.sizeHint().height() <= widget.height() + 1 &&
               widget.minimumSizeHint().width() <= widget.width() + 1 && choiceFits(widget);
    if (const auto *tree = qobject_cast<const QTreeWidget *>(&widget))
        return !tree->horizontalScrollBar()->isVisible();
    if (const auto *tabs = qobject_cast<const QTabBar *>(&widget))
        return tabs->sizeHint().width() <= tabs->width() + 1;
    if (const auto *bar = qobject_cast<const QMenuBar *>(&widget))
        return bar->sizeHint().width() <= bar->width() + 1;
    return true;
}

QString wordsOf(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return label->text();
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return button->text();
    return widget.objectName();
}

void addActions(QStringList &texts, const QWidget &widget)
{
    for (const QAction *action : widget.actions())
        if (action->isVisible() && !action->isSeparator()) {
            texts << action->text() << action->toolTip() << action->statusTip();
            if (const QMenu *menu = action->menu())
                addActions(texts, *menu);
        }
}

void addItems(QStringList &texts, const QAbstractItemModel &model)
{
    for (int row = 0; row < std::min(model.rowCount(), 50); ++row)
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                texts << plain(index.data(role).toString());
        }
}

void addHeader(QStringList &texts, const QHeaderView &header)
{
    for (int section = 0; header.model() && section < header.count(); ++section)
        if (!header.isSectionHidden(section))
            texts << header.model()->headerData(section, header.orientation()).toString();
}

void addTexts(QStringList &texts, QWidget *widget)
{
    texts << plain(widget->toolTip()) << widget->accessibleName() << widget->accessibleDescription();
    if (widget->isWindow())
        texts << widget->windowTitle();
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        texts << plain(label->text());
    else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        texts << button->text();
    else if (const auto *group = qobject_cast<const QGroupBox *>(widget))
        texts << group->title();
    else if (const auto *field = qobject_cast<const QLineEdit *>(widget))
        texts << field->placeholderText();
    else if (const auto *box = qobject_cast<const QComboBox *>(widget))
        addItems(texts, *box->model());
    else if (const auto *header = qobject_cast<const QHeaderView *>(widget))
        addHeader(texts, *header);
    else if (const auto *cards = qobject_cast<const views::CardView *>(widget))
        texts << cards->toPlainText().split(QLatin1Char('\n'));
    else if (qobject_cast<const QMenuBar *>(widget) || qobject_cast<const QMenu *>(widget))
        addActions(texts, *widget);
    else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model())
        addItems(texts, *view->model());
    if (const auto *tabs = qobject_cast<const QTabBar *>(widget))
        for (int tab = 0; tab < tabs->count(); ++tab)
            if (tabs->isTabVisible(tab))
                texts << tabs->tabText(tab) << tabs->tabToolTip(tab);
}

/// What it is to a screen reader, with what helps to find it.
QString describe(QAccessibleInterface &control)
{
    const QObject *object = control.object();
    for (QAccessibleInterface *above = control.parent(); !object && above; above = above->parent())
        object = above->object();
    return QStringLiteral("%1 %2 (role %3)")
        .arg(QString::fromLatin1(object ? object->metaObject()->className() : "?"),
             object ? object->objectName() : QString())
        .arg(static_cast<int>(control.role()), 0, 16);
}

/// Who meets it asks what it is.
bool needsName(QAccessibleInterface &control)
{
    switch (control.role()) {
    case QAccessible::Window:
    case QAccessible::Dialog:
    case QAccessible::AlertMessage:
        return control.isValid() && control.object() && control.object()->isWidgetType() &&
               static_cast<QWidget *>(control.object())->isWindow();
    case QAccessible::Client: {
        const auto *widget = qobject_cast<const QWidget *>(control.object());
        return widget && (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy() && !widget->isWindow();
    }
    case QAccessible::Grouping:
        return !qobject_cast<const QDialogButtonBox *>(control.object()); // its buttons say it all
    case QAccessible::Graphic: // beside the text of a message, which says the same
        return !control.object() || control.object()->objectName() != QLatin1String("qt_msgboxex_icon_label");
    case QAccessible::PageTab: // those of hidden pages are kept in the bar
        return !control.rect().isEmpty();
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::Link:
    case QAccessible::List:
    case QAccessible::MenuItem:
    case QAccessible::ProgressBar:
    case QAccessible::RadioButton:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
    case QAccessible::Table:
    case QAccessible::Tree:
        return true;
    default:
        return control.state().focusable;
    }
}

bool isNamed(QAccessibleInterface &control)
{
    return !control.text(QAccessible::Name).isEmpty() ||
           !control.relations(QAccessible::Label).isEmpty(); // by the text beside it
}

/// Columns that are shown have a title, unless there is but one; rows say what they are in their first column.
void addUnnamedCells(QStringList &found, QAccessibleInterface &view)
{
    const auto *widget = qobject_cast<const QAbstractItemView *>(view.object());
    const QAbstractItemModel *model = widget ? widget->model() : nullptr;
    if (!model)
        return;
    const auto *header = widget->findChild<const QHeaderView *>();
    const bool titled = header && header->isVisible() && header->orientation() == Qt::Horizontal;
    for (int column = 0; titled && column < model->columnCount(); ++column)
        if (!header->isSectionHidden(column) && model->headerData(column, Qt::Horizontal).toString().isEmpty())
            found << describe(view) + QStringLiteral(": column %1").arg(column);
    for (int row = 0; row < std::min(model->rowCount(), 50); ++row) {
        const QModelIndex index = model->index(row, 0);
        const bool separator = index.data(Qt::AccessibleDescriptionRole).toString() == QLatin1String("separator");
        if (!separator && index.data(Qt::AccessibleTextRole).toString().isEmpty() &&
            index.data(Qt::DisplayRole).toString().isEmpty())
            found << describe(view) + QStringLiteral(": row %1").arg(row);
    }
}

void addUnnamed(QStringList &found, QStringList &buttons, QAccessibleInterface *control)
{
    if (!control || !control->isValid() || control->state().invisible)
        return;
    if (needsName(*control) && !isNamed(*control))
        found << describe(*control);
    switch (control->role()) {
    case QAccessible::Table:
    case QAccessible::Tree:
    case QAccessible::List:
        return addUnnamedCells(found, *control);
    case QAccessible::EditableText:
    case QAccessible::SpinBox:
    case QAccessible::ComboBox: // one control with its parts
        return;
    case QAccessible::Button: {
        const QString name = control->text(QAccessible::Name);
        if (buttons.contains(name) && !name.isEmpty())
            found << describe(*control) + QStringLiteral(": there is another “%1”").arg(name);
        buttons << name;
        break;
    }
    default:
        break;
    }
    for (int child = 0; child < control->childCount(); ++child) {
        QAccessibleInterface *below = control->child(child);
        const auto *widget = below ? qobject_cast<const QWidget *>(below->object()) : nullptr;
        if (!widget || !widget->isWindow()) // other windows are looked at by themselves
            addUnnamed(found, buttons, below);
    }
}

QColor over(const QColor &front, const QColor &back)
{
    const double part = front.alphaF();
    const auto mix = [part](double one, double other) { return part * one + (1 - part) * other; };
    return QColor::fromRgbF(static_cast<float>(mix(front.redF(), back.redF())),
                            static_cast<float>(mix(front.greenF(), back.greenF())),
                            static_cast<float>(mix(front.blueF(), back.blueF())));
}

/// Its text and what it stands on; invalid: it has none, or a picture of its own.
std::pair<QColor, QColor> coloursOf(const QWidget &widget)
{
    const QPalette &palette = widget.palette();
    if (!widget.isEnabled())
        return {};
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return label->text().isEmpty()
                   ? std::pair<QColor, QColor>()
                   : std::pair(palette.color(widget.foregroundRole()), palette.color(widget.backgroundRole()));
    if (const auto *button = qobject_cast<const QPushButton *>(&widget))
        return {palette.color(QPalette::ButtonText),
                palette.color(button->isFlat() ? QPalette::Window : QPalette::Button)};
    if (qobject_cast<const QCheckBox *>(&widget) || qobject_cast<const QRadioButton *>(&widget))
        return {palette.color(QPalette::WindowText), palette.color(QPalette::Window)};
    if (qobject_cast<const QLineEdit *>(&widget))
        return {palette.color(QPalette::Text), palette.color(QPalette::Base)};
    return {};
}

/// Those that it draws beside its words, and how large.
std::vector<std::pair<QIcon, QSize>> iconsOf(const QWidget &widget)
{
    std::vector<std::pair<QIcon, QSize>> icons;
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget)) {
        icons.emplace_back(button->icon(), button->iconSize());
    } else if (const auto *box = qobject_cast<const QComboBox *>(&widget)) {
        for (int i = 0; i < box->count(); ++i)
            icons.emplace_back(box->itemIcon(i), box->iconSize());
    } else if (const auto *view = qobject_cast<const QAbstractItemView *>(&widget); view && view->model()) {
        const int size = view->style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, view);
        for (int row = 0; row < std::min(view->model()->rowCount(), 50); ++row)
            icons.emplace_back(view->model()->index(row, 0).data(Qt::DecorationRole).value<QIcon>(),
                               view->iconSize().isValid() ? view->iconSize() : QSize(size, size));
    }
    std::erase_if(icons, [](const auto &icon) { return icon.first.isNull(); });
    return icons;
}

} // namespace

QStringList cutOff(QWidget &root)
{
    QStringList found;
    eachVisible(root, [&found](const QWidget *widget) {
        if (fits(*widget))
            return;
        const QSize wanted = widget->sizeHint();
        found << QStringLiteral("%1 “%2” has %3x%4 and wants %5x%6")
                     .arg(QString::fromLatin1(widget->metaObject()->className()), wordsOf(*widget))
                     .arg(widget->width())
                     .arg(widget->height())
                     .arg(wanted.width())
                     .arg(wanted.height());
    });
    return found;
}

QStringList textsOf(QWidget &root)
{
    QStringList texts;
    eachVisible(root, [&texts](QWidget *widget) { addTexts(texts, widget); });
    texts.removeDuplicates();
    texts.removeAll(QString());
    return texts;
}

QStringList unnamed(QWidget &root)
{
    QStringList found;
    QStringList buttons;
    addUnnamed(found, buttons, QAccessible::queryAccessibleInterface(&root));
    return found;
}

double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &color) {
        const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    };
    const double x = luminance(one);
    const double y = luminance(other);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QStringList unreadable(QWidget &root)
{
    constexpr double Enough = 4.5;
    QStringList found;
    eachVisible(root, [&found](const QWidget *widget) {
        const auto [front, back] = coloursOf(*widget);
        if (front.isValid() && contrast(over(front, back), back) < Enough)
            found << QStringLiteral("%1 “%2”: %3 on %4")
                         .arg(QString::fromLatin1(widget->metaObject()->className()), wordsOf(*widget),
                              over(front, back).name(), back.name());
    });
    return found;
}

QStringList blurred(QWidget &root)
{
    constexpr int Fine = 2;
    QStringList found;
    if (qobject_cast<QFileDialog *>(&root)) // with Qt's own pictures, where the platform has no such dialog
        return found;
    eachVisible(root, [&found](const QWidget *widget) {
        for (const auto &[icon, size] : iconsOf(*widget))
            if (const QSize drawn = icon.pixmap(size, Fine).size(); drawn.width() < Fine * size.width())
                found << QStringLiteral("%1 %2: an icon of %3 for %4")
                             .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())
                             .arg(drawn.width())
                             .arg(Fine * size.width());
    });
    found.removeDuplicates();
    return found;
}

PseudoLanguage::PseudoLanguage()
{
    QCoreApplication::installTranslator(this);
}

PseudoLanguage::~PseudoLanguage()
{
    QCoreApplication::removeTranslator(this);
}

QString PseudoLanguage::translate(const char *context, const char *source, const char *comment, int) const
{
    if (qstrcmp(source, "QT_LAYOUT_DIRECTION") == 0 || qstrcmp(context, "QShortcut") == 0)
        return {};
    if (context[0] != 'Q')
        m_asked.insert({context, source, comment});
    const QString text = QString::fromUtf8(source);
    // Words of usual length, so that what wraps can wrap.
    QString more;
    for (qsizetype missing = plain(text).size() * 2 / 5 - 2; missing > 0; missing -= 8)
        more += QLatin1Char(' ') + QString(std::min<qsizetype>(missing, 7), QChar(0x00f8));
    return QLatin1Char('[') + text + more + QLatin1Char(']');
}

QStringList PseudoLanguage::untranslated(const QStringList &texts, const QStringList &known)
{
    static const QRegularExpression word(QStringLiteral("\\p{L}{2,}"));
    QStringList longestFirst = known;
    std::sort(longestFirst.begin(), longestFirst.end(),
              [](const QString &one, const QString &other) { return one.size() > other.size(); });
    QStringList found;
    for (const QString &text : texts) {
        if (text.contains(QLatin1Char('[')))
            continue;
        QString rest = text;
        for (const QString &name : longestFirst)
            rest.remove(name, Qt::CaseInsensitive);
        if (rest.contains(word))
            found << text;
    }
    return found;
}

MirroredLanguage::MirroredLanguage()
{
    QCoreApplication::installTranslator(this);
}

MirroredLanguage::~MirroredLanguage()
{
    QCoreApplication::removeTranslator(this);
}

QString MirroredLanguage::translate(const char *context, const char *source, const char *, int) const
{
    if (qstrcmp(source, "QT_LAYOUT_DIRECTION") == 0)
        return QStringLiteral("RTL");
    if (qstrcmp(context, "QShortcut") == 0)
        return {};
    // What stands for a value, marks a passage, or is a sign's name.
    static const QRegularExpression kept(QStringLiteral("%L?(?:\\d|n)|<[^>]*>|&[a-z]+;"));
    const QString text = QString::fromUtf8(source);
    QString mirrored;
    for (qsizetype at = 0; at < text.size();) {
        const QRegularExpressionMatch match =
            kept.match(text, at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
        if (match.hasMatch()) {
            mirrored += match.captured();
            at = match.capturedEnd();
            continue;
        }
        const char16_t letter = text.at(at++).toLower().unicode();
        mirrored += letter >= u'a' && letter <= u'z' ? QChar(0x05d0 + letter - u'a') : text.at(at - 1);
    }
    return mirrored;
}

} // namespace kith::test
