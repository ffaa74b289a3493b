// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/RemoteConnection.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kith::views {

class CardView;
class FieldNote;
struct Card;

/// What the server says of a token, which is pasted or named by its accessor: whose it is, until when, its policies and
/// those that it has by its entity, beside those that are computed here; and what it may do at a path. The token is
/// forgotten as soon as its accessor is known. show() it; it deletes itself.
class TokenDialog : public QDialog
{
    Q_OBJECT
public:
    /// `entity`: whose token it ought to be; none: anybody's. The connection must outlive it.
    TokenDialog(connection::RemoteConnection &connection, connection::ObjectRef entity, QWidget *parent = nullptr);

Q_SIGNALS:
    void openObject(kith::connection::ObjectRef object);

private:
    QLayout *buildQuestion();
    QLayout *buildPath();
    void look();
    int forget();
    void found(const connection::TokenTruth &truth);
    void findEntity();
    void compare(connection::ObjectRef entity);
    void compared(const QString &name, connection::ObjectRef entity, const QStringList &computed);
    void showCards(std::vector<Card> policies);
    void askPath();

    connection::RemoteConnection &m_connection;
    connection::ObjectRef m_entity;
    connection::SignedIn m_token; ///< Without the token itself.
    int m_generation = 0;
    QComboBox *m_kind;
    QLineEdit *m_field;
    QPushButton *m_look;
    FieldNote *m_note;
    CardView *m_cards;
    QLineEdit *m_path;
    QPushButton *m_askPath;
    FieldNote *m_pathNote;
};

} // namespace kith::views
