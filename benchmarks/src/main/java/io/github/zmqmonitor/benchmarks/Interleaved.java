package io.github.zmqmonitor.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures several subjects in turn, round by round, each round in another order, so that
 * what disturbs the machine disturbs all of them alike. Their ratios are taken within a
 * round.
 */
final class Interleaved {

	private final Map<String, Measurement> subjects = new LinkedHashMap<>();

	void add(String name, Measurement measurement) {
		this.subjects.put(name, measurement);
	}

	/**
	 * Measure.
	 * @param warmUp how many rounds are thrown away
	 * @param rounds how many rounds count
	 * @return the measurements of each subject, by round
	 */
	Map<String, double[]> run(int warmUp, int rounds) throws Exception {
		Map<String, double[]> results = new LinkedHashMap<>();
		this.subjects.keySet().forEach((name) -> results.put(name, new double[rounds]));
		String[] names = this.subjects.keySet().toArray(String[]::new);
		for (int round = -warmUp; round < rounds; round++) {
			for (int i = 0; i < names.length; i++) {
				String name = names[Math.floorMod((round % 2 == 0) ? i + round / 2 : round / 2 - i, names.length)];
				double value = this.subjects.get(name).measure();
				if (round >= 0) {
					results.get(name)[round] = value;
				}
			}
		}
		return results;
	}

	/**
	 * Takes one measurement.
	 */
	interface Measurement {

		double measure() throws Exception;

	}

}
