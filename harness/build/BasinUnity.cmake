# Unity builds: eight sources of a target are compiled as one unit, which parses what they include once
# and takes a third of the time. What two sources keep in an anonymous namespace has two names, then.
# For work on a few files, -DBASIN_UNITY=OFF compiles each source alone.
option(BASIN_UNITY "Compile several sources of a target as one unit" ON)
set(CMAKE_UNITY_BUILD ${BASIN_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
