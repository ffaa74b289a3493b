// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QStringList>
#include <QTranslator>
#include <QWidget>

#include <set>
#include <tuple>

namespace kith::test {

/// Widgets in `root`, and itself, that have less room than their text takes; in words. Texts that shorten themselves
/// (ElidedLabel) and lists that scroll are no fault.
QStringList cutOff(QWidget &root);

/// Every text that one can see, point at or hear in `root`, and itself.
QStringList textsOf(QWidget &root);

/// What a screen reader meets in `root` and can't name, controls, tables with their columns and rows, windows; and
/// buttons of one window that it can't tell apart. In words.
QStringList unnamed(QWidget &root);

/// Labels, buttons and fields in `root` whose text is too close to its background (WCAG: 4.5 to 1); in words. What is
/// disabled may be quieter.
QStringList unreadable(QWidget &root);
/// Between 1 and 21.
double contrast(const QColor &one, const QColor &other);

/// Icons in `root` that have no picture for a screen of twice as many pixels; in words.
QStringList blurred(QWidget &root);

/// A language that nobody speaks: each text in brackets, and longer by two fifths. What isn't in brackets then was
/// never asked to be translated. Installed as long as it lives.
class PseudoLanguage : public QTranslator
{
public:
    struct Key {
        QByteArray context, source, comment;
        bool operator<(const Key &other) const
        {
            return std::tie(context, source, comment) < std::tie(other.context, other.source, other.comment);
        }
    };

    PseudoLanguage();
    ~PseudoLanguage() override;

    QString translate(const char *context, const char *source, const char *comment, int n) const override;
    bool isEmpty() const override { return false; }

    const std::set<Key> &asked() const { return m_asked; } ///< Qt's own texts are not among them.
    /// Those of the texts that no translator has seen. `known` are names and values of what is shown.
    static QStringList untranslated(const QStringList &texts, const QStringList &known);

private:
    mutable std::set<Key> m_asked;
};

/// A language that is read from right to left and that nobody speaks: each text in Hebrew letters, so that names in
/// Latin ones stand among words as they do for those who read so. Installed as long as it lives.
class MirroredLanguage : public QTranslator
{
public:
    MirroredLanguage();
    ~MirroredLanguage() override;

    QString translate(const char *context, const char *source, const char *comment, int n) const override;
    bool isEmpty() const override { return false; }
};

} // namespace kith::test
