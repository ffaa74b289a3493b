// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPalette>
#include <QSyntaxHighlighter>

namespace kith::views {

/// The language of policies: comments, words, paths with their wildcards and templates, capabilities.
class PolicyHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    explicit PolicyHighlighter(QTextDocument *document);

    void setPalette(const QPalette &palette); ///< The tones of another colour scheme.

protected:
    void highlightBlock(const QString &text) override;

private:
    int comment(const QString &text, int from);
    int string(const QString &text, int from);
    int word(const QString &text, int from);

    QPalette m_palette;
};

} // namespace kith::views
