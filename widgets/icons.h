// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

#include "widgets/theme.h"

class QPainter;

namespace papilio::widgets
{

/// An icon of resources/icons ("train") or resources/icons/controls ("chevron-down"), drawn crisply at any size and device
/// ratio in the role's colour of the theme of that moment; disabled ones in the disabled colour, checked ones (QIcon::On)
/// in the accent. An unknown name gives a null icon.
QIcon icon(const QString& name, Role role = Role::TextSecondary);

/// The same as a pixmap of size × size device-independent pixels.
QPixmap iconPixmap(const QString& name, Role role, int size, qreal deviceRatio);

/// Paints an icon into a square of the rectangle's centre.
void paintIcon(QPainter* painter, const QRectF& rect, const QString& name, const QColor& color);

} // namespace papilio::widgets
