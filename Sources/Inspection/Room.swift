/// Opens a model of any format and says what it costs.
public enum InspectionRoom {}
