# SPDX-License-Identifier: GPL-3.0-or-later
# The InChI library (libinchi-dev). Gives the target InChI::InChI.

find_path(INCHI_INCLUDE_DIR inchi_api.h PATH_SUFFIXES inchi)
find_library(INCHI_LIBRARY NAMES inchi)
mark_as_advanced(INCHI_INCLUDE_DIR INCHI_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(InChI REQUIRED_VARS INCHI_LIBRARY INCHI_INCLUDE_DIR)

if(InChI_FOUND AND NOT TARGET InChI::InChI)
  add_library(InChI::InChI INTERFACE IMPORTED)
  target_include_directories(InChI::InChI SYSTEM INTERFACE "${INCHI_INCLUDE_DIR}")
  target_link_libraries(InChI::InChI INTERFACE "${INCHI_LIBRARY}")
endif()
