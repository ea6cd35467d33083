# SPDX-License-Identifier: GPL-3.0-or-later
# RDKit: newer releases ship rdkit-config.cmake; Debian 12 has headers and libraries only.
# Gives the INTERFACE target RDKit::RDKit and RDKIT_DATA_DIR (NCI tables, alerts), empty if not installed.

find_path(RDKIT_INCLUDE_DIR GraphMol/ROMol.h PATH_SUFFIXES rdkit)
set(_rdkit_modules GraphMol SmilesParse FileParsers Depictor MolDraw2D Descriptors PartialCharges FilterCatalog Catalogs
    DistGeomHelpers ForceFieldHelpers ForceField Fingerprints Subgraphs SubstructMatch MolTransforms MolAlign
    Alignment EigenSolvers ChemTransforms MolChemicalFeatures DataStructs RDGeometryLib RDGeneral CIPLabeler
    MolStandardize ScaffoldNetwork GenericGroups MolInterchange coordgen)
set(RDKIT_LIBRARIES "")
foreach(module IN LISTS _rdkit_modules)
  find_library(RDKIT_${module}_LIBRARY NAMES RDKit${module})
  mark_as_advanced(RDKIT_${module}_LIBRARY)
  if(RDKIT_${module}_LIBRARY)
    list(APPEND RDKIT_LIBRARIES "${RDKIT_${module}_LIBRARY}")
  endif()
endforeach()
find_path(RDKIT_DATA_DIR NCI/first_5K.smi PATHS /usr/share/RDKit/Data NO_DEFAULT_PATH)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(RDKit
  REQUIRED_VARS RDKIT_INCLUDE_DIR RDKIT_GraphMol_LIBRARY RDKIT_SmilesParse_LIBRARY)

if(RDKit_FOUND AND NOT TARGET RDKit::RDKit)
  if(POLICY CMP0167) # CMake 3.30 and newer: Boost's own package file
    cmake_policy(SET CMP0167 NEW)
  endif()
  find_package(Boost REQUIRED)
  add_library(RDKit::RDKit INTERFACE IMPORTED)
  target_include_directories(RDKit::RDKit SYSTEM INTERFACE "${RDKIT_INCLUDE_DIR}")
  target_link_libraries(RDKit::RDKit INTERFACE ${RDKIT_LIBRARIES} Boost::headers)
endif()
