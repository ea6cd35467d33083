# SPDX-License-Identifier: GPL-3.0-or-later
# What `cmake --install` puts where (freedesktop.org places).

install(TARGETS papilio_engine RUNTIME)
install(TARGETS papilio_torch LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/papilio)
if(PAPILIO_GUI)
  install(TARGETS papilio RUNTIME)
  install(FILES packaging/org.papilio.Papilio.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES packaging/org.papilio.Papilio.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES packaging/org.papilio.Papilio.mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
  install(FILES resources/icons/papilio-mark.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
          RENAME org.papilio.Papilio.svg)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
