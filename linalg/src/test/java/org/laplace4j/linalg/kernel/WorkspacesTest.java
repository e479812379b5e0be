package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class WorkspacesTest {

  private final Workspaces workspaces = new Workspaces();

  @Test
  void whatIsGivenBackIsUsedAgain() {
    double[] first = workspaces.take(3000);
    assertThat(first.length).isGreaterThanOrEqualTo(3000);
    double[] second = workspaces.take(3000);
    assertThat(second).isNotSameAs(first);
    workspaces.giveBack(first);
    assertThat(workspaces.take(2500)).isSameAs(first);
  }

  @Test
  void anyLengthUpToTheLargestIsServed() {
    for (int length : new int[] {0, 1, 1024, 1025, 1 << 19, 1 << 20}) {
      assertThat(workspaces.take(length).length).isGreaterThanOrEqualTo(length);
    }
  }

  @Test
  void onlyAFewAreKept() {
    double[][] taken = new double[10][];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = workspaces.take(1024);
    }
    for (double[] workspace : taken) {
      workspaces.giveBack(workspace);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(workspaces.take(1024) == taken[i]).isTrue();
    }
    double[] fifth = workspaces.take(1024);
    for (double[] workspace : taken) {
      assertThat(fifth == workspace).isFalse();
    }
  }

  @Test
  void whatIsLongerThanTheLargestIsNotKept() {
    double[] longer = workspaces.take((1 << 20) + 1);
    assertThat(longer.length).isEqualTo((1 << 20) + 1);
    workspaces.giveBack(longer);
    assertThat(workspaces.take((1 << 20) + 1) == longer).isFalse();
  }
}
