# SPDX-License-Identifier: GPL-3.0-or-later
# One INTERFACE target that every target of the tree links: language level, warnings, strict Qt.

add_library(papilio_flags INTERFACE)
target_compile_features(papilio_flags INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

target_compile_options(papilio_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wno-psabi)
if(PAPILIO_WERROR)
  target_compile_options(papilio_flags INTERFACE -Werror)
endif()

target_compile_definitions(papilio_flags INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
  QT_NO_CAST_FROM_BYTEARRAY QT_STRICT_ITERATORS QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_USE_QSTRINGBUILDER PAPILIO_VERSION="${PROJECT_VERSION}")

set(PAPILIO_SANITIZE "" CACHE STRING "Sanitizers, e.g. 'address,undefined' or 'thread'")
if(PAPILIO_SANITIZE)
  add_compile_options(-fsanitize=${PAPILIO_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PAPILIO_SANITIZE})
  add_compile_options(-Wno-maybe-uninitialized) # g++ 12 sees ghosts in tl::expected once it is instrumented
endif()

find_program(PAPILIO_CCACHE ccache)
if(PAPILIO_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${PAPILIO_CCACHE}")
endif()

# LibTorch's headers cost over 1 GB and 20 s a file: never more than two at once.
set_property(GLOBAL PROPERTY JOB_POOLS torch=2)

# papilio_library(name SOURCES ... PUBLIC ... PRIVATE ...): a static library 'papilio_<name>', alias Papilio::<name>.
function(papilio_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(papilio_${name} STATIC ${ARG_SOURCES})
  add_library(Papilio::${name} ALIAS papilio_${name})
  target_link_libraries(papilio_${name} PUBLIC papilio_flags ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()
