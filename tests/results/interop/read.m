% read.m FOLDER: the fixture's cube in Octave. Dimensions come in reverse order. Its loader has no
% variable-length texts and stops at the first, so variables are asked for by name; the integer
% twins stand for the texts.
function check(folder)
  file = fullfile(folder, "cube", "results.h5");
  variable = @(name) load("-hdf5", file, name).(name);

  assert(double(variable("formulation_code")(:))', [0 1]);
  assert(variable("beta")(:)', [0.01 1 100]);
  assert(double(variable("interaction_vertex")(:))', [2 20 30]);
  errors = variable("recall_error");
  assert(size(errors), [2 3 3 2]);
  assert(errors(2, 2, 2, 2), 27);
  assert(isnan(errors(1, 1, 1, 1)));
  assert(variable("recall_error_mean")(2, 2, 2), 26.5);
  status = double(variable("status"));
  assert([status(1, 1, 1, 1), status(2, 1, 1, 1), status(1, 1, 3, 1)], [0 1 6]);
  assert(double(variable("overflow_flags")(2, 1, 1, 1)), 1 + 32);
end

try
  check(argv(){end});
catch failure
  printf("FAILED  %s\n", failure.message);
  exit(1);
end
printf("Octave %s ok\n", version());
