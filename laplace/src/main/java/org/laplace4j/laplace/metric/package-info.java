/**
 * How good predictions are, once it is known what came out.
 *
 * <p>What arrives: predictions, as {@link org.laplace4j.laplace.predict.ClassProbabilities},
 * {@link org.laplace4j.laplace.predict.NormalPrediction} or plain scores, and the labels or targets
 * of the same inputs. What leaves: a number each; and for a picture, a
 * {@link org.laplace4j.laplace.metric.ReliabilityCurve} or a
 * {@link org.laplace4j.laplace.metric.SelectiveRiskCurve}.
 *
 * <pre>
 *   NLL = −1/B Σₙ log p(yₙ)                       a proper score: the truth does best
 *   ECE = Σ_m (B_m/B) |accuracy_m − confidence_m|   whether confidence means what it says
 *   AUROC = P(score of a positive &gt; score of a negative)
 * </pre>
 *
 * <p>Next: {@code examples}, where these numbers are printed.
 */
package org.laplace4j.laplace.metric;
