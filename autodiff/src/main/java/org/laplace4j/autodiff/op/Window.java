package org.laplace4j.autodiff.op;

/**
 * A window that moves over images (…, H, W), which have zeros around them: convolutions multiply
 * what it shows, pools reduce it.
 *
 * <pre>  positions along an axis of length H: ⌊(H + 2 padding − size) / stride⌋ + 1  </pre>
 *
 * @param height the rows that it shows
 * @param width the columns that it shows
 * @param strideHeight the rows that it moves by
 * @param strideWidth the columns that it moves by
 * @param paddingHeight the rows of zeros above, and as many below
 * @param paddingWidth the columns of zeros to the left, and as many to the right
 */
public record Window(
    int height, int width, int strideHeight, int strideWidth, int paddingHeight, int paddingWidth) {

  public Window {
    if (height < 1
        || width < 1
        || strideHeight < 1
        || strideWidth < 1
        || paddingHeight < 0
        || paddingWidth < 0) {
      throw new IllegalArgumentException(
          "Window: the size must be at least (1, 1), the stride at least (1, 1) and the padding not"
              + " negative, got (" + height + ", " + width + "), (" + strideHeight + ", "
              + strideWidth + ") and (" + paddingHeight + ", " + paddingWidth + ").");
    }
  }

  /** A square window with the same stride and padding along both axes. */
  public static Window of(int size, int stride, int padding) {
    return new Window(size, size, stride, stride, padding, padding);
  }

  /** The number of positions along an axis of images of this height. */
  public int rows(int imageHeight) {
    return positions(imageHeight, height, strideHeight, paddingHeight);
  }

  /** The number of positions along an axis of images of this width. */
  public int columns(int imageWidth) {
    return positions(imageWidth, width, strideWidth, paddingWidth);
  }

  private int positions(int length, int size, int stride, int padding) {
    int room = length + 2 * padding - size;
    if (room < 0) {
      throw new IllegalArgumentException("Window: " + this + " does not fit: an axis of length "
          + length + " with padding " + padding + " is shorter than " + size
          + "; use a smaller window or more padding.");
    }
    return room / stride + 1;
  }

  /** For example {@code 3×3, stride 1, padding 1}. */
  @Override
  public String toString() {
    String stride =
        strideHeight == strideWidth ? "" + strideHeight : strideHeight + "×" + strideWidth;
    String padding =
        paddingHeight == paddingWidth ? "" + paddingHeight : paddingHeight + "×" + paddingWidth;
    return height + "×" + width + ", stride " + stride + ", padding " + padding;
  }
}
