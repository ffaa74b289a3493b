// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Connection.h"
#include "items/Roles.h"

#include <QAbstractItemModel>

#include <memory>

namespace kith::items {

/// The effective policies of one entity or group with all their sources, on two levels: by policy (policy → sources) or
/// by source (group that carries → policies). Follows changes. Lives in the GUI thread.
///
/// One column. Rows of a policy: PolicyRole, DefinedRole, SourceCountRole (top level only). Rows of a source:
/// OnEntityRole, ChainRole, ChainsRole, ExternalRole, MountRole, AliasNameRole, RefreshedRole; ObjectRole is the group
/// that carries, or the entity. A row below another has the roles of both. DisplayRole and CopyTextRole: plain text
/// (chains joined with " → "). NameRole: the policy's name, or the carrying group's.
class PolicySourcesModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Grouping { ByPolicy, BySource };

    /// The connection must outlive the model.
    explicit PolicySourcesModel(connection::Connection &connection, QObject *parent = nullptr);
    ~PolicySourcesModel() override;

    /// Shows another object's policies, or none; loaded() when they are there. An older answer is dropped.
    void setObject(connection::ObjectRef object);
    connection::ObjectRef object() const;
    void setGrouping(Grouping grouping);
    Grouping grouping() const;
    /// Only policies whose name, or that of a group in a chain, holds the text (case ignored).
    void setFilter(const QString &text);

    int policyCount() const;  ///< Of the object, whatever the filter.
    bool isLoading() const;   ///< The newest object's policies aren't here yet.
    QString copyText() const; ///< Everything shown, as plain text.

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void loaded();       ///< The policies of the object given last are shown.
    void countChanged(); ///< policyCount() is another.
    void failed(const kith::Error &error);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace kith::items
